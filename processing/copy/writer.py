"""COPY: already encoded rows into a table, as fast as Postgres takes them."""

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from psycopg import sql

from jobs import points


def copy_rows(
    cursor: psycopg.Cursor[Any],
    chunks: Iterable[bytes],
    *,
    table: str,
    columns: Sequence[str],
) -> int:
    """Append already encoded CSV chunks to ``table`` and return the row count.

    Runs inside the caller's transaction and neither commits nor rolls back.
    Chunks may split a row anywhere; together they must form whole rows, in the
    order of ``columns``, UTF-8, without a header.

    Raises ``psycopg.DataError`` when Postgres rejects a value. The transaction
    is then unusable and none of the chunks are stored.
    """
    statement = sql.SQL(
        "COPY {table} ({columns}) FROM STDIN (FORMAT csv, ENCODING 'UTF8')"
    ).format(
        table=sql.Identifier(table),
        columns=sql.SQL(", ").join(map(sql.Identifier, columns)),
    )
    with cursor.copy(statement) as copy:
        for chunk in chunks:
            copy.write(chunk)
        points.reach("mid_copy")
    return cursor.rowcount
