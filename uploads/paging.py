"""Pages by key: the next page starts after the last row of this one, whatever changed.

An offset would grow slower with every page, and a timestamp alone would stand still
among thousands of sales of the same midnight.
"""

import base64
import binascii
import dataclasses
import json
from collections.abc import Sequence
from typing import Any, Generic, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.fields.tuple_lookups import (
    Tuple,
    TupleGreaterThan,
    TupleLessThan,
)

from accounts.errors import InvalidCursorError

Row = TypeVar("Row", bound=models.Model)
# More rows than this in one answer is a download; there are CSV exports for that.
LARGEST_PAGE = 1000
DEFAULT_PAGE = 50
# An honest cursor is two short values.
LONGEST_CURSOR_CHARS = 200


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Slice(Generic[Row]):
    """The rows of one page, and the cursor of the next one if there is one."""

    rows: tuple[Row, ...]
    next_cursor: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The columns a listing is sorted by; together they must name one row."""

    columns: tuple[str, ...]
    is_descending: bool = False


def slice_of(
    rows: models.QuerySet[Row], order: Order, *, cursor: str, size: int
) -> Slice[Row]:
    """Return the page of ``rows`` that starts after ``cursor`` ("" is the first).

    ``size`` is held between 1 and ``LARGEST_PAGE``. Raises ``InvalidCursorError``
    for a cursor that we did not give.
    """
    size = min(max(size, 1), LARGEST_PAGE)
    if cursor:
        rows = rows.filter(_after(rows.model, order, decode(cursor)))
    sign = "-" if order.is_descending else ""
    found = list(rows.order_by(*(f"{sign}{c}" for c in order.columns))[: size + 1])
    page = tuple(found[:size])
    return Slice(
        rows=page,
        next_cursor=_cursor_at(page[-1], order) if len(found) > size else None,
    )


def encode(values: Sequence[str]) -> str:
    """Return ``values`` as an opaque text that is safe in an address."""
    text = json.dumps(values, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[str, ...]:
    """Return what ``encode`` was given, or raise ``InvalidCursorError``."""
    try:
        if len(cursor) > LONGEST_CURSOR_CHARS:
            raise InvalidCursorError
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as exc:
        raise InvalidCursorError from exc
    if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
        raise InvalidCursorError
    return tuple(values)


def _after(
    model: type[models.Model], order: Order, texts: Sequence[str]
) -> TupleGreaterThan | TupleLessThan:
    fields = [_column(model, name) for name in order.columns]
    if len(fields) != len(texts):
        raise InvalidCursorError
    try:
        values = tuple(
            field.to_python(text) for field, text in zip(fields, texts, strict=True)
        )
    except ValidationError as exc:
        raise InvalidCursorError from exc
    comparison = TupleLessThan if order.is_descending else TupleGreaterThan
    return comparison(Tuple(*order.columns), values)


def _column(model: type[models.Model], name: str) -> "models.Field[Any, Any]":
    return cast("models.Field[Any, Any]", model._meta.get_field(name))  # noqa: SLF001 - Django's public _meta


def _cursor_at(row: models.Model, order: Order) -> str:
    return encode([str(getattr(row, column)) for column in order.columns])
