"""What becomes of staged rows, in every mode, against a real Postgres."""

import dataclasses
import uuid
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import psycopg
import pytest

from processing.copy import staging
from processing.copy.merge import Merged, Mode
from processing.errors import StoreRefusedError
from uploads.models import RawTransaction, Reject

Land = Callable[..., Merged]
Rows = list[tuple[str, str, str]]

JAN_5, JAN_6, FEB_1 = "2024-01-05", "2024-01-06", "2024-02-01"


def table_of(company_id: uuid.UUID) -> dict[tuple[str, int], tuple[str, Decimal]]:
    return {
        (f"{row.transaction_id}/{row.product_id}", row.occurrence): (
            row.occurred_at.date().isoformat(),
            row.price_total,
        )
        for row in RawTransaction.objects.of(company_id)
    }


def counts(merged: Merged) -> tuple[int, int, int, int, int]:
    return (
        merged.inserted,
        merged.updated,
        merged.unchanged,
        merged.duplicate,
        merged.deleted,
    )


FIRST: Rows = [(JAN_5, "B1/A", "100"), (JAN_5, "B1/B", "200"), (JAN_6, "B2/A", "300")]


@dataclasses.dataclass(frozen=True, kw_only=True)
class Case:
    mode: Mode
    second: Rows
    counts: tuple[int, int, int, int, int]
    table: dict[str, int]


CASES = {
    "upsert inserts, updates and leaves alone": Case(
        mode=Mode.UPSERT,
        second=[(JAN_5, "B1/A", "100.00"), (JAN_5, "B1/B", "2"), (FEB_1, "B3/A", "9")],
        counts=(1, 1, 1, 0, 0),
        table={"B1/A": 100, "B1/B": 2, "B2/A": 300, "B3/A": 9},
    ),
    "upsert of the same rows changes nothing": Case(
        mode=Mode.UPSERT,
        second=FIRST,
        counts=(0, 0, 3, 0, 0),
        table={"B1/A": 100, "B1/B": 200, "B2/A": 300},
    ),
    "append refuses a key that is there": Case(
        mode=Mode.APPEND,
        second=[(JAN_5, "B1/A", "999"), (FEB_1, "B3/A", "9")],
        counts=(1, 0, 0, 1, 0),
        table={"B1/A": 100, "B1/B": 200, "B2/A": 300, "B3/A": 9},
    ),
    "replace deletes the days of the file and no other": Case(
        mode=Mode.REPLACE_PERIOD,
        second=[(JAN_5, "B1/A", "1"), (JAN_5, "B9/A", "2")],
        counts=(2, 0, 0, 0, 2),
        table={"B1/A": 1, "B9/A": 2, "B2/A": 300},
    ),
    "replace updates a key that stands outside the period": Case(
        mode=Mode.REPLACE_PERIOD,
        second=[(FEB_1, "B2/A", "7")],
        counts=(0, 1, 0, 0, 0),
        table={"B1/A": 100, "B1/B": 200, "B2/A": 7},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_second_file_meets_the_first(
    land: Land, company_id: uuid.UUID, case: Case
) -> None:
    land(FIRST)

    merged = land(case.second, case.mode)

    assert counts(merged) == case.counts
    assert sum(counts(merged)[:4]) == len(case.second)
    assert {key: total for (key, _), (_, total) in table_of(company_id).items()} == {
        key: Decimal(total) for key, total in case.table.items()
    }


@pytest.mark.parametrize("mode", list(Mode))
def test_a_first_file_is_inserted_whole(
    land: Land, company_id: uuid.UUID, mode: Mode
) -> None:
    merged = land(FIRST, mode)

    assert counts(merged) == (3, 0, 0, 0, 0)
    assert len(table_of(company_id)) == 3


def test_equal_lines_of_one_receipt_are_two_sales(
    land: Land, company_id: uuid.UUID
) -> None:
    rows = [(JAN_5, "B1/A", "1"), (JAN_5, "B2/A", "5"), (JAN_5, "B1/A", "2")]

    land(rows)

    assert table_of(company_id) == {
        ("B1/A", 1): (JAN_5, Decimal(1)),
        ("B1/A", 2): (JAN_5, Decimal(2)),
        ("B2/A", 1): (JAN_5, Decimal(5)),
    }


def test_the_same_repeats_sent_again_are_unchanged(land: Land) -> None:
    rows = [(JAN_5, "B1/A", "1"), (JAN_5, "B1/A", "2"), (JAN_5, "B1/A", "2")]
    land(rows)

    merged = land(rows)

    assert counts(merged) == (0, 0, 3, 0, 0)


def test_an_updated_row_belongs_to_the_upload_that_changed_it(
    land: Land, company_id: uuid.UUID
) -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    land(FIRST, upload=first)

    land([(JAN_5, "B1/A", "100"), (JAN_5, "B1/B", "7")], upload=second)

    owners = {
        f"{row.transaction_id}/{row.product_id}": row.upload_id
        for row in RawTransaction.objects.of(company_id)
    }
    assert owners == {"B1/A": first, "B1/B": second, "B2/A": first}


@pytest.mark.parametrize("mode", list(Mode))
def test_rows_of_another_company_are_never_touched(
    land: Land, company_id: uuid.UUID, mode: Mode
) -> None:
    other = uuid.uuid4()
    land(FIRST, company=other)
    before = table_of(other)

    merged = land([(JAN_5, "B1/A", "1"), (JAN_6, "B2/A", "2")], mode)

    assert counts(merged) == (2, 0, 0, 0, 0)
    assert table_of(other) == before


def test_a_duplicate_is_listed_among_the_rejects_with_its_line(
    land: Land, company_id: uuid.UUID
) -> None:
    land(FIRST)

    land([(FEB_1, "B3/A", "9"), (JAN_5, "B1/B", "1")], Mode.APPEND)

    listed = Reject.objects.of(company_id).values_list("line", "code", "excerpt")
    assert list(listed) == [(3, "duplicate", "B1 / B")]


def test_a_file_without_good_rows_lands_nothing(land: Land) -> None:
    land(FIRST)

    merged = land([], Mode.REPLACE_PERIOD)

    assert counts(merged) == (0, 0, 0, 0, 0)
    assert merged.periods == ()


def test_the_days_replaced_are_those_of_the_company(
    land: Land, company_id: uuid.UUID
) -> None:
    """At 02:00 UTC it is still the day before in Santiago."""
    land([("2024-01-05 02:00+00", "B1/A", "1"), ("2024-01-05 04:00+00", "B2/A", "1")])

    land([("2024-01-05 15:00+00", "B3/A", "1")], Mode.REPLACE_PERIOD)

    assert {key for key, _ in table_of(company_id)} == {"B1/A", "B3/A"}


def test_a_value_postgres_refuses_is_a_permanent_error_without_the_value(
    cursor: psycopg.Cursor[Any],
) -> None:
    with staging.staged(cursor), pytest.raises(StoreRefusedError) as caught:
        staging.stage_rows(cursor, b"1,2,not a moment" + b"," * 17 + b"\n")

    assert caught.value.is_permanent
    assert "moment" not in str(caught.value)


def test_a_null_character_is_kept_as_its_picture(
    land: Land, cursor: psycopg.Cursor[Any]
) -> None:
    @dataclasses.dataclass
    class Refused:
        line: int = 2
        record: int = 1
        byte_offset: int = 10
        column: str = "Código"
        code: str = "control_character"
        excerpt: str = "A\x001"
        raw: tuple[str, ...] = ("A\x001", "é")

    with staging.staged(cursor):
        staging.stage_rejects(cursor, [Refused()])
        cursor.execute('SELECT "column", excerpt, raw FROM ayni_staged_rejects')

        assert cursor.fetchone() == ("Código", "A␀1", '["A␀1", "é"]')


def test_nothing_is_left_on_the_session_when_an_attempt_ends_badly(
    cursor: psycopg.Cursor[Any],
) -> None:
    with pytest.raises(StoreRefusedError), staging.staged(cursor):
        staging.stage_rows(cursor, b"nonsense\n")

    cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'ayni_staged%'")
    assert cursor.fetchone() == (0,)
