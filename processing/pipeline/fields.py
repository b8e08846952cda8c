"""The fields of a transaction, as data: their names, kinds, order and precision.

The order is the one in which a row is judged: required fields first, then the others
as design.md lists them.
"""

import dataclasses
import enum


class Kind(enum.StrEnum):
    """How the text of a field is read."""

    MOMENT = "moment"
    TEXT = "text"
    NUMBER = "number"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field. ``whole_digits`` bounds a number: its precision less ``SCALE``."""

    name: str
    kind: Kind
    is_required: bool = False
    whole_digits: int = 0


# Digits after the decimal mark, for every number of a transaction (design.md, Data).
SCALE = 4
# numeric(14,4) and numeric(16,4) less the scale.
QUANTITY_DIGITS = 10
MONEY_DIGITS = 12

FIELDS: tuple[Field, ...] = (
    Field(name="occurred_at", kind=Kind.MOMENT, is_required=True),
    Field(name="transaction_id", kind=Kind.TEXT, is_required=True),
    Field(name="product_id", kind=Kind.TEXT, is_required=True),
    Field(
        name="quantity",
        kind=Kind.NUMBER,
        is_required=True,
        whole_digits=QUANTITY_DIGITS,
    ),
    Field(
        name="price_total",
        kind=Kind.NUMBER,
        is_required=True,
        whole_digits=MONEY_DIGITS,
    ),
    Field(name="transaction_type", kind=Kind.TEXT),
    Field(name="customer_id", kind=Kind.TEXT),
    Field(name="description", kind=Kind.TEXT),
    Field(name="category", kind=Kind.TEXT),
    Field(name="unit_type", kind=Kind.TEXT),
    Field(name="stock", kind=Kind.NUMBER, whole_digits=QUANTITY_DIGITS),
    Field(name="cost_unit", kind=Kind.NUMBER, whole_digits=MONEY_DIGITS),
    Field(name="cost_total", kind=Kind.NUMBER, whole_digits=MONEY_DIGITS),
    Field(name="price_unit", kind=Kind.NUMBER, whole_digits=MONEY_DIGITS),
    Field(name="discount_total", kind=Kind.NUMBER, whole_digits=MONEY_DIGITS),
    Field(name="commission_total", kind=Kind.NUMBER, whole_digits=MONEY_DIGITS),
    Field(name="margin", kind=Kind.NUMBER, whole_digits=MONEY_DIGITS),
)
BY_NAME: dict[str, Field] = {field.name: field for field in FIELDS}
REQUIRED: tuple[str, ...] = tuple(field.name for field in FIELDS if field.is_required)
NUMBERS: tuple[Field, ...] = tuple(f for f in FIELDS if f.kind is Kind.NUMBER)
TEXTS: tuple[Field, ...] = tuple(f for f in FIELDS if f.kind is Kind.TEXT)
