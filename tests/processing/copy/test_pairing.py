"""What a file meets in the table is found key by key, whatever the planner believes."""

import uuid
from collections.abc import Callable
from typing import Any, LiteralString

import psycopg
import pytest
from django.db import transaction

from processing.copy import pairing, statements
from processing.copy.merge import NO_DAYS, Merged
from processing.copy.pairing import IN_ORDER, MATCH_FEW, MEETS, planned
from processing.copy.staging import staged
from processing.copy.statements import UPDATE_CHANGED, Target, only_row, run
from tests.processing.copy.test_direct import nodes_of, target_of

Cursor = psycopg.Cursor[Any]
Land = Callable[..., Merged]
OTHERS_ROWS, ROWS, SENT = 20_000, 5_000, 40
FILL: LiteralString = """
    INSERT INTO uploads_rawtransaction
        (company_id, upload_id, occurrence, occurred_at, transaction_id, product_id,
         quantity, price_total)
    SELECT %s, gen_random_uuid(), 1, now(), 'B' || n, 'A', 1, 1
    FROM generate_series(1, %s) AS n
"""


@pytest.fixture
def target(cursor: Cursor, company_id: uuid.UUID) -> Target:
    """A company with rows that the planner's statistics know nothing of."""
    with transaction.atomic():
        cursor.execute(FILL, [uuid.uuid4(), OTHERS_ROWS])
    cursor.execute("ANALYZE uploads_rawtransaction")
    with transaction.atomic():
        cursor.execute(FILL, [company_id, ROWS])
    return target_of(company_id)


def rows_read(
    cursor: Cursor, statement: LiteralString, target: Target, **values: Any
) -> int:
    """Execute it; return how many rows of the table were looked at."""
    explain = f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}"
    run(cursor, explain, target=target, **values)
    return sum(
        (node["Actual Rows"] + node.get("Rows Removed by Filter", 0))
        * node["Actual Loops"]
        for node in nodes_of(only_row(cursor)[0][0]["Plan"])
        if node.get("Relation Name") == target.table and "Scan" in node["Node Type"]
    )


def test_sent_keys_are_sought_one_by_one(cursor: Cursor, target: Target) -> None:
    new = {"transactions": [f"C{n}" for n in range(SENT)], "products": ["A"] * SENT}

    with transaction.atomic(), planned(cursor, without=IN_ORDER):
        assert rows_read(cursor, MEETS, target, lists=new) <= SENT


@pytest.mark.parametrize(
    "pairs", [[("B7", "A")], [("C7", "A"), ("B9", "A")]], ids=["one", "one of two"]
)
def test_a_key_that_is_there_is_met(
    cursor: Cursor, target: Target, pairs: list[tuple[str, str]]
) -> None:
    assert pairing.meets(cursor, target, pairs)


def test_keys_before_between_and_behind_those_of_the_table_are_not_met(
    cursor: Cursor, target: Target
) -> None:
    pairs = [("C7", "A"), ("B7", "AA"), ("B7", ""), ("", ""), ("ZZ", "ZZ")]

    assert not pairing.meets(cursor, target, pairs)
    assert not pairing.meets(cursor, target, [])


def test_a_key_of_another_company_is_not_met(cursor: Cursor, target: Target) -> None:
    other = target_of(uuid.uuid4())

    assert not pairing.meets(cursor, other, [("B7", "A")])


def test_few_staged_rows_are_paired_and_updated_without_reading_the_company_s(
    cursor: Cursor, target: Target
) -> None:
    with staged(cursor), transaction.atomic():
        cursor.execute(
            "INSERT INTO ayni_staged_rows (record, line, occurrence, occurred_at,"
            " transaction_id, product_id, quantity, price_total)"
            " SELECT n, n, 1, now(), 'B' || n * 2, 'A', 1, 2"
            " FROM generate_series(1, %s) AS n",
            [SENT],
        )
        cursor.execute("ANALYZE ayni_staged_rows")
        run(cursor, statements.MAKE_MATCHED, target=target)
        with planned(cursor, without=IN_ORDER):
            paired = rows_read(cursor, MATCH_FEW, target, within=NO_DAYS)
        run(cursor, statements.ANALYZE_MATCHED, target=target)
        updated = rows_read(cursor, UPDATE_CHANGED, target)

        assert only_row(cursor.execute("SELECT count(*) FROM ayni_matched_rows")) == (
            SENT,
        )

    assert paired <= SENT
    assert updated <= SENT


@pytest.mark.parametrize("are_few", ["SELECT true", "SELECT false"])
def test_few_and_many_are_paired_alike(
    land: Land, monkeypatch: pytest.MonkeyPatch, are_few: str
) -> None:
    monkeypatch.setattr(pairing, "ARE_FEW", are_few)
    land([("2024-03-01", f"B{n}/A", "1") for n in range(30)])

    merged = land(
        [
            *(("2024-03-01", f"B{n}/A", "1") for n in range(10)),
            *(("2024-03-02", f"B{n}/A", "2") for n in range(10, 20)),
            *(("2024-03-02", f"C{n}/A", "2") for n in range(5)),
        ]
    )

    assert (merged.unchanged, merged.updated, merged.inserted) == (10, 10, 5)


def test_what_else_a_landing_asks_is_planned_as_usual(
    cursor: Cursor, target: Target
) -> None:
    with staged(cursor), transaction.atomic():
        run(cursor, statements.MAKE_MATCHED, target=target)
        cursor.execute("UPDATE uploads_daycount SET rows = 0")
        pairing.match(cursor, target, replaced=NO_DAYS)

        for name in ("enable_nestloop", "enable_sort", "enable_incremental_sort"):
            assert only_row(cursor.execute(f"SHOW {name}")) == ("on",)
