"""The two we are measured against, on the same table with the same indexes."""

import datetime as dt
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
from django.db import connection, transaction
from pandas import Series, read_csv
from psycopg import sql

from uploads.models import RawTransaction

# As the service we replace did it.
OLD_BATCH_ROWS = 1000
CHUNK_BYTES = 1 << 20
TABLE = RawTransaction._meta.db_table  # noqa: SLF001 - Django's public _meta
# Everything but the surrogate key, which the table makes itself.
COLUMNS = tuple(
    str(field.column)
    for field in RawTransaction._meta.concrete_fields  # noqa: SLF001 - likewise
    if not field.primary_key
)
SANTIAGO = ZoneInfo("America/Santiago")


def empty_table() -> None:
    """Empty the table, so that every contender starts from the same one."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier(TABLE)))


def export_clean(path: Path) -> None:
    """Write the landed rows as the CSV that raw COPY takes back, in landing order."""
    statement = sql.SQL(
        "COPY (SELECT {} FROM {} ORDER BY id) TO STDOUT (FORMAT csv)"
    ).format(_columns(), sql.Identifier(TABLE))
    with path.open("wb") as file, _cursor() as cursor, cursor.copy(statement) as copy:
        for chunk in copy:
            file.write(chunk)


def raw_copy(path: Path) -> float:
    """Copy a clean file into the table; return the seconds, commit included."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(TABLE), _columns()
    )
    started = time.perf_counter()
    with transaction.atomic(), path.open("rb") as file, _cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        with cursor.copy(statement) as copy:
            while chunk := file.read(CHUNK_BYTES):
                copy.write(chunk)
    return time.perf_counter() - started


def old_way(path: Path, *, rows: int) -> float:
    """Load the first ``rows`` of a generated file as the old service did.

    Returns the seconds from opening the file to the last batch in the table. The old
    table had no key; a running number keeps ours satisfied at no cost.
    """
    company_id, upload_id = uuid.uuid4(), uuid.uuid4()
    started = time.perf_counter()
    frame = read_csv(path, sep=";", encoding="cp1252", dtype=str, nrows=rows)
    made = [
        RawTransaction(
            company_id=company_id,
            upload_id=upload_id,
            occurrence=number,
            **_old_values(row),
        )
        for number, (_, row) in enumerate(frame.iterrows(), start=1)
    ]
    RawTransaction.objects.bulk_create(made, batch_size=OLD_BATCH_ROWS)
    return time.perf_counter() - started


def _old_values(row: Series) -> dict[str, Any]:
    text = row["Fecha"]
    moment = dt.datetime.strptime(text, _old_format(text)).replace(tzinfo=SANTIAGO)
    return {
        "occurred_at": moment,
        "transaction_id": row["N° Boleta"],
        "product_id": row["Código Producto"],
        "description": row["Descripción"],
        "category": row["Categoría"],
        "customer_id": row["Cliente"],
        "quantity": _old_number(row["Cantidad"]),
        "price_unit": _old_number(row["Precio Unitario"]),
        "price_total": _old_number(row["Total"]),
        "cost_total": _old_number(row["Costo Total"]),
    }


def _old_format(text: str) -> str:
    return "%d-%m-%Y %H:%M:%S" if len(text) > len("31-12-2024") else "%d-%m-%Y"


def _old_number(text: object) -> Decimal | None:
    if not isinstance(text, str):
        return None
    return Decimal(text.replace(".", "").replace(",", "."))


def _columns() -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, COLUMNS))


@contextmanager
def _cursor() -> Iterator[psycopg.Cursor[Any]]:
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        yield cursor
