"""The columns of a staged row, as data: their names and Postgres types, in order."""

from psycopg import sql

# As wide as the columns of the table they are merged into (design.md, Data).
QUANTITY = "numeric(14,4)"
MONEY = "numeric(16,4)"
# What makes a row of one company the same row again, with its occurrence.
PAIR: tuple[str, ...] = ("transaction_id", "product_id")
# Everything a file says about a sale; an update compares and replaces these.
VALUES: dict[str, str] = {
    "occurred_at": "timestamptz",
    "transaction_id": "text",
    "product_id": "text",
    "quantity": QUANTITY,
    "price_total": MONEY,
    "transaction_type": "text",
    "customer_id": "text",
    "description": "text",
    "category": "text",
    "unit_type": "text",
    "stock": QUANTITY,
    "cost_unit": MONEY,
    "cost_total": MONEY,
    "price_unit": MONEY,
    "discount_total": MONEY,
    "commission_total": MONEY,
    "margin": MONEY,
    "extra": "jsonb",
}
# What COPY brings, in this order.
STAGED: dict[str, str] = {"record": "bigint", "line": "bigint", **VALUES}
# A refused row, as the table of rejects keeps it.
REFUSED: dict[str, str] = {
    "line": "bigint",
    "record": "bigint",
    "byte_offset": "bigint",
    "column": "text",
    "code": "text",
    "excerpt": "text",
    "raw": "jsonb",
}


def definitions(columns: dict[str, str]) -> sql.Composed:
    """Return the column definitions of a CREATE TABLE."""
    return sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
        for name, kind in columns.items()
    )


def listed(columns: dict[str, str] | tuple[str, ...]) -> sql.Composed:
    """Return the columns' names, separated by commas."""
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def listed_of(alias: str, columns: dict[str, str] | tuple[str, ...]) -> sql.Composed:
    """Return the columns' names, each with the alias of its table."""
    return sql.SQL(", ").join(sql.Identifier(alias, name) for name in columns)
