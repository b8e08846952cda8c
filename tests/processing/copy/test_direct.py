"""Rows held back by their hash are numbered by their texts, on a real Postgres."""

import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import psycopg
import pytest
from django.db import connection, transaction

from processing.copy import direct, staging
from processing.copy.statements import LAND_HELD, Target, only_row, run
from processing.errors import KeyTakenError, StoreRefusedError
from processing.pipeline.batches import ReadOptions
from processing.pipeline.findings import Hints
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.reader import read_batches, understand
from processing.pipeline.repeats import PAIR, Hashing, hash_pairs
from uploads.models import DayCount, RawTransaction

Cursor = psycopg.Cursor[Any]
HEADER = "Fecha;N° Boleta;Código Producto;Cantidad;Total"


def all_alike(rows: pl.DataFrame) -> pl.Series:
    return pl.repeat(1, rows.height, dtype=pl.UInt64, eager=True)


def target_of(company_id: uuid.UUID) -> Target:
    return Target(
        table=RawTransaction._meta.db_table,
        day_counts=DayCount._meta.db_table,
        company_id=str(company_id),
        upload_id=str(uuid.uuid4()),
        time_zone="America/Santiago",
    )


def land(cursor: Cursor, path: Path, target: Target, *, hashing: Hashing) -> int:
    understood = understand(path, Hints(today=dt.date(2024, 6, 1)), DEFAULT_LIMITS)
    options = ReadOptions(divides=True, hashing=hashing)
    landed = 0
    with staging.staged(cursor), transaction.atomic():
        assert direct.take_turn(cursor, target)
        for batch in read_batches(path, understood, options):
            assert batch.fresh is not None
            landed += direct.land_rows(
                cursor, target, batch.fresh.csv, columns=batch.fresh.columns
            )
            staging.stage_rows(cursor, batch.copy_csv)
        landed += direct.land_held(cursor, target)
    return landed


def sales(path: Path, keys: list[str]) -> Path:
    rows = [f"05-01-2024;{key.replace('/', ';')};1;{i}" for i, key in enumerate(keys)]
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("hashing", [hash_pairs, all_alike])
def test_occurrences_are_counted_by_the_texts_whatever_the_hashes(
    cursor: Cursor, company_id: uuid.UUID, tmp_path: Path, hashing: Hashing
) -> None:
    path = sales(tmp_path / "s.csv", ["B1/A", "B2/A", "B1/A", "B2/A", "B3/A", "B1/A"])

    assert land(cursor, path, target_of(company_id), hashing=hashing) == 6

    rows = RawTransaction.objects.of(company_id).order_by("price_total")
    assert [(r.transaction_id, r.occurrence) for r in rows] == [
        ("B1", 1),
        ("B2", 1),
        ("B1", 2),
        ("B2", 2),
        ("B3", 1),
        ("B1", 3),
    ]


@pytest.mark.parametrize("hashing", [hash_pairs, all_alike])
def test_a_key_of_the_table_is_met_among_fresh_and_held_rows(
    cursor: Cursor, company_id: uuid.UUID, tmp_path: Path, hashing: Hashing
) -> None:
    land(
        cursor,
        sales(tmp_path / "1.csv", ["B7/A"]),
        target_of(company_id),
        hashing=hashing,
    )
    second = sales(tmp_path / "2.csv", ["B6/A", "B7/A"])

    with pytest.raises(KeyTakenError):
        land(cursor, second, target_of(company_id), hashing=hashing)

    assert RawTransaction.objects.of(company_id).count() == 1


def test_a_session_that_lands_twice_brings_each_company_its_own_rows(
    cursor: Cursor, tmp_path: Path
) -> None:
    path = sales(tmp_path / "s.csv", ["B1/A"])
    targets = [target_of(uuid.uuid4()) for _ in range(2)]

    for target in targets:
        land(cursor, path, target, hashing=hash_pairs)

    for target in targets:
        (row,) = RawTransaction.objects.of(uuid.UUID(target.company_id))
        assert str(row.upload_id) == target.upload_id


def test_rows_of_nobody_do_not_land(cursor: Cursor, company_id: uuid.UUID) -> None:
    target = target_of(company_id)
    with transaction.atomic():
        assert direct.take_turn(cursor, target)

    with pytest.raises(StoreRefusedError), transaction.atomic():
        direct.land_rows(cursor, target, b"B1,A\n", columns=PAIR)


def test_no_plan_can_make_the_held_rows_read_the_table(
    cursor: Cursor, company_id: uuid.UUID
) -> None:
    # A plan that looked each of them up by its upload took minutes.
    target = target_of(company_id)
    with staging.staged(cursor), transaction.atomic():
        run(cursor, f"EXPLAIN (FORMAT JSON) {LAND_HELD}", target=target)
        plan = only_row(cursor)[0][0]["Plan"]

    touched = {
        node["Node Type"]
        for node in nodes_of(plan)
        if node.get("Relation Name") == target.table
    }
    assert touched == {"ModifyTable"}


def nodes_of(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes_of(below)


def test_only_one_landing_of_a_company_has_its_turn(
    cursor: Cursor, company_id: uuid.UUID
) -> None:
    target = target_of(company_id)
    with psycopg.connect(**connection.get_connection_params()) as other:
        assert direct.take_turn(other.cursor(), target)

        with transaction.atomic():
            assert not direct.take_turn(cursor, target)
            assert direct.take_turn(cursor, target_of(uuid.uuid4()))
