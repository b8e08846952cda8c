"""The fields a mapping may name, and what it may say about a file. Data, no framework.

The pipeline owns them; the web process cannot load it, so the names are repeated here
and a test holds the two together.
"""

FIELDS: tuple[str, ...] = (
    "occurred_at",
    "transaction_id",
    "product_id",
    "quantity",
    "price_total",
    "transaction_type",
    "customer_id",
    "description",
    "category",
    "unit_type",
    "stock",
    "cost_unit",
    "cost_total",
    "price_unit",
    "discount_total",
    "commission_total",
    "margin",
)
# Those without which no sale lands, and the one that two columns may make together.
REQUIRED: tuple[str, ...] = FIELDS[:5]
MOMENT_FIELD = "occurred_at"
# Those that are numbers, and so have a decimal mark.
NUMBERS: tuple[str, ...] = (
    "quantity",
    "price_total",
    "stock",
    "cost_unit",
    "cost_total",
    "price_unit",
    "discount_total",
    "commission_total",
    "margin",
)
# A header mapped to this is left out.
LEFT_OUT = ""
# Limits of a file (security.md, 13): more can never match.
MOST_COLUMNS = 2_000
LONGEST_HEADER_CHARS = 200
LONGEST_DEFAULT_CHARS = 200
