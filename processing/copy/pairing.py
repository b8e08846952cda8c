"""Which rows of a file the table has already, found key by key.

The planner does not know a company that is new to its statistics: it took it to have a
single row, began there, and a small file read all the rows of its shop. A table of many
shops is analysed when a tenth of it has changed, so a new shop may stay unknown for
weeks. A few keys are therefore sought one by one, each the first that is not below it
in the order of the natural key, which no other index has (decision 0024). Where a file
is as large as what is there, both are read once.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, LiteralString

import psycopg

from processing.copy.session import set_locally
from processing.copy.statements import Days, Target, only_row, run

# Some keys of a file that may be in the table already, whatever their occurrence.
MEETS: LiteralString = """
    SELECT EXISTS (
        SELECT FROM unnest(
            {transactions}::text[], {products}::text[]
        ) AS sent (transaction_id, product_id)
        CROSS JOIN LATERAL (
            SELECT company_id, transaction_id, product_id FROM {target} AS one
            WHERE (one.company_id, one.transaction_id, one.product_id)
                >= ({company}, sent.transaction_id, sent.product_id)
            ORDER BY company_id, transaction_id, product_id LIMIT 1
        ) AS landed
        WHERE landed.company_id = {company}
            AND landed.transaction_id = sent.transaction_id
            AND landed.product_id = sent.product_id
    )
"""
# To seek a key costs as much as to read ten rows on the way.
ARE_FEW: LiteralString = """
    SELECT (SELECT count(*) FROM {rows}) * 10 < coalesce(
        (SELECT sum(rows) FROM {day_counts} WHERE company_id = {company}),
        'infinity'
    )
"""
PAIR_WITH: LiteralString = """
    INSERT INTO {matched}
    SELECT staged.record, landed.id,
        ROW({landed_values}) IS DISTINCT FROM ROW({staged_values}),
        landed.occurred_at, staged.occurred_at
    FROM {rows} AS staged CROSS JOIN
"""
# Rows about to be replaced are no match: they go, and their key is free again.
SAME_KEY: LiteralString = """
    WHERE landed.company_id = {company}
        AND landed.transaction_id = staged.transaction_id
        AND landed.product_id = staged.product_id
        AND landed.occurrence = staged.occurrence
        AND NOT (landed.occurred_at >= {begin} AND landed.occurred_at < {end})
"""
NEXT_KEY: LiteralString = """
    LATERAL (
        SELECT one.* FROM {target} AS one
        WHERE (one.company_id, one.transaction_id, one.product_id, one.occurrence)
            >= ({company}, staged.transaction_id, staged.product_id, staged.occurrence)
        ORDER BY company_id, transaction_id, product_id, occurrence LIMIT 1
    ) AS landed
"""
MATCH_FEW: LiteralString = PAIR_WITH + NEXT_KEY + SAME_KEY
MATCH_MANY: LiteralString = PAIR_WITH + "{target} AS landed" + SAME_KEY
# Of all indexes that of the natural key alone has its order; nothing is to be sorted.
IN_ORDER = ("enable_sort", "enable_incremental_sort")
# Rows taken for one would be compared with every row of the file.
READ_ONCE = ("enable_nestloop",)


def meets(
    cursor: psycopg.Cursor[Any], target: Target, pairs: Sequence[tuple[str, str]]
) -> bool:
    """Say whether the company has a row of any of these pairs."""
    transactions, products = zip(*pairs, strict=True) if pairs else ((), ())
    lists = {"transactions": transactions, "products": products}
    with planned(cursor, without=IN_ORDER):
        return bool(only_row(run(cursor, MEETS, target=target, lists=lists))[0])


def match(cursor: psycopg.Cursor[Any], target: Target, *, replaced: Days) -> None:
    """Pair the staged rows with the company's, but for those about to be replaced."""
    are_few = only_row(run(cursor, ARE_FEW, target=target))[0]
    with planned(cursor, without=IN_ORDER if are_few else READ_ONCE):
        run(
            cursor,
            MATCH_FEW if are_few else MATCH_MANY,
            target=target,
            within=replaced,
        )


@contextmanager
def planned(cursor: psycopg.Cursor[Any], *, without: Iterable[str]) -> Iterator[None]:
    """Have statements planned without these means, where any other will do.

    An error leaves it so until the transaction ends, which it does then.
    """
    settings = tuple(without)
    set_locally(cursor, dict.fromkeys(settings, "off"))
    yield
    set_locally(cursor, dict.fromkeys(settings, "on"))
