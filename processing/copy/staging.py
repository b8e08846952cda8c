"""Temporary tables of one attempt: accepted and refused rows, ahead of the merge.

They belong to the session: a killed child's are gone with its connection, and nothing
has to be cleaned up. They are not logged, so filling them costs Postgres little.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString, Protocol

import psycopg
from psycopg import sql

from processing.copy.columns import PAIR, REFUSED, STAGED, definitions, listed
from processing.copy.edge import our_errors
from processing.copy.writer import copy_rows

ROWS = "ayni_staged_rows"
REJECTS = "ayni_staged_rejects"
REPEATS = "ayni_staged_repeats"
# Postgres keeps no NUL in text; its picture says that one stood there.
NUL_PICTURE = "\N{SYMBOL FOR NULL}"
# As long as the column that keeps it, so that no cell travels whole (design.md).
EXCERPT_CHARS = 64
# So that numbering reads the rows once and then visits the few that it changes.
ANALYZE_RECORDS: LiteralString = "ANALYZE {rows} (record), {repeats}"
# The planner needs to know the keys; the other columns would cost as much again.
ANALYZE_KEYS: LiteralString = "ANALYZE {rows} (record, {pair}, occurrence, occurred_at)"
NUMBER_REPEATS: LiteralString = """
    UPDATE {rows} AS staged SET occurrence = numbered.occurrence
    FROM (
        SELECT {rows}.ctid AS place, row_number() OVER (
            PARTITION BY {pair} ORDER BY record
        ) AS occurrence
        FROM {rows} JOIN {repeats} USING (record)
    ) AS numbered
    WHERE numbered.place = staged.ctid AND numbered.occurrence > 1
"""


class RefusedRow(Protocol):
    """What is kept of a refused row (the pipeline's ``Reject`` is one)."""

    @property
    def line(self) -> int: ...
    @property
    def record(self) -> int: ...
    @property
    def byte_offset(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def code(self) -> str: ...
    @property
    def excerpt(self) -> str: ...
    @property
    def raw(self) -> Sequence[str]: ...


@contextmanager
def staged(cursor: psycopg.Cursor[Any]) -> Iterator[None]:
    """Keep the tables on this session, empty at first, for as long as the block.

    Whatever an earlier attempt left on the session is dropped. When the connection is
    lost they are gone already.
    """
    with our_errors():
        _drop(cursor)
        for table, columns in _TABLES.items():
            cursor.execute(
                sql.SQL("CREATE TEMP TABLE {} ({})").format(
                    sql.Identifier(table), definitions(columns)
                )
            )
    try:
        yield
    finally:
        if not cursor.connection.closed:
            with our_errors():
                _drop(cursor)


def stage_rows(cursor: psycopg.Cursor[Any], chunk: bytes) -> int:
    """Append whole encoded rows, in the order of ``STAGED``; return how many.

    Raises ``StoreRefusedError`` when Postgres refuses a value: none of this chunk is
    staged then.
    """
    with our_errors():
        return copy_rows(cursor, (chunk,), table=ROWS, columns=tuple(STAGED))


def stage_rejects(cursor: psycopg.Cursor[Any], rejects: Iterable[RefusedRow]) -> None:
    """Append refused rows. Nothing is kept of them in memory."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(REJECTS), listed(REFUSED)
    )
    with our_errors(), cursor.copy(statement) as copy:
        for reject in rejects:
            copy.write_row(_refused_values(reject))


def stage_repeats(cursor: psycopg.Cursor[Any], records: Iterable[int]) -> None:
    """Name the rows that may share their pair with another: all that do, if not more.

    The pipeline finds them by hash. Postgres took 0.9 s to find them among a million.
    """
    statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(REPEATS))
    with our_errors(), cursor.copy(statement) as copy:
        copy.write("".join(f"{record}\n" for record in records))


def number_occurrences(cursor: psycopg.Cursor[Any]) -> None:
    """Count up the rows of each repeated pair among the named ones, in file order.

    All others keep the column's default of 1.
    """
    with our_errors():
        cursor.execute(_filled(ANALYZE_RECORDS))
        cursor.execute(_filled(NUMBER_REPEATS))


def gather_statistics(cursor: psycopg.Cursor[Any]) -> None:
    """Tell the planner about the keys, before they meet those of the table."""
    with our_errors():
        cursor.execute(_filled(ANALYZE_KEYS))


def keep_rejects(
    cursor: psycopg.Cursor[Any], *, table: str, company_id: str, upload_id: str
) -> int:
    """Copy the staged rejects to their lasting table; return how many there were."""
    with our_errors():
        cursor.execute(
            sql.SQL(
                "INSERT INTO {table} (company_id, upload_id, {columns})"
                " SELECT %s, %s, {columns} FROM {staged} ORDER BY record"
            ).format(
                table=sql.Identifier(table),
                columns=listed(REFUSED),
                staged=sql.Identifier(REJECTS),
            ),
            (company_id, upload_id),
        )
    return cursor.rowcount


def _filled(statement: LiteralString) -> sql.Composed:
    return sql.SQL(statement).format(
        rows=sql.Identifier(ROWS), repeats=sql.Identifier(REPEATS), pair=listed(PAIR)
    )


def _drop(cursor: psycopg.Cursor[Any]) -> None:
    for table in _TABLES:
        cursor.execute(
            sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(sql.Identifier(table))
        )


_TABLES: dict[str, dict[str, str]] = {
    ROWS: {**STAGED, "occurrence": "integer NOT NULL DEFAULT 1"},
    REJECTS: REFUSED,
    REPEATS: {"record": "bigint"},
}


def _refused_values(reject: RefusedRow) -> tuple[int | str, ...]:
    return (
        reject.line,
        reject.record,
        reject.byte_offset,
        _storable(reject.column),
        reject.code,
        _storable(reject.excerpt)[:EXCERPT_CHARS],
        json.dumps([_storable(cell) for cell in reject.raw], ensure_ascii=False),
    )


def _storable(text: str) -> str:
    return (
        text.replace("\x00", NUL_PICTURE)
        .encode("utf-8", "backslashreplace")
        .decode("utf-8")
    )
