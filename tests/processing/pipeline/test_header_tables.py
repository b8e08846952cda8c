"""Headers of whole tables, with a few values each, as many kinds of tills name them.

``headers_tables.csv`` and ``headers_tables_held_out.csv`` were written together before
any was tried; whole tables were put into one or the other at random. The first was then
looked at to widen the words, the second some days later.

The four sets of ``headers_exports*.csv`` name the columns of exports of many programs
and of sheets kept by hand. Most of the first and all of the others were written by
people who had read nothing of ours. Three were looked at, one after the other; of
``headers_exports_held_out.csv`` only one table, where a subtotal was surely taken.
"""

import csv
import dataclasses
import itertools
from pathlib import Path

import pytest

from processing.pipeline.columns import Matching, match_columns
from processing.pipeline.fields import REQUIRED
from processing.pipeline.findings import ColumnMatch
from processing.pipeline.guesses import fields_of
from processing.pipeline.openings import NAME_REASON, ONLY_REASON
from processing.pipeline.synonyms import SURE, TIME_OF_DAY
from tests.processing.pipeline.files import hints

LOOKED_AT = Path(__file__).with_name("headers_tables.csv")
HELD_OUT = Path(__file__).with_name("headers_tables_held_out.csv")
EXPORTS = Path(__file__).with_name("headers_exports.csv")
EXPORTS_SECOND = Path(__file__).with_name("headers_exports_second.csv")
EXPORTS_THIRD = Path(__file__).with_name("headers_exports_third.csv")
EXPORTS_HELD_OUT = Path(__file__).with_name("headers_exports_held_out.csv")
# A program with two numbers of a sale, or two codes of a product; either would do, and
# the one with the tax, or the one without.
EITHER_WOULD_DO = frozenset(
    {
        *("Order Id", "Item ID", "N° Comanda", "Venta Total Neta", "Item Total"),
        *("Subtotal", "Imp. neto (CTE)", "IMPORTE S/IVA"),
    }
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of a till, what each of its columns is, and its matching."""

    fields: tuple[str, ...]
    matching: Matching

    def columns(self) -> list[tuple[str, ColumnMatch]]:
        return list(zip(self.fields, self.matching.columns, strict=True))

    def is_right(self, field: str, column: ColumnMatch) -> bool:
        """Say whether a column was taken for what it is.

        A second column of a field is left out; a product without a code is known by
        name.
        """
        expected = "occurred_at" if field == TIME_OF_DAY else field
        taken = {match.field for match in self.matching.columns}
        is_second = (
            column.field is None and self.fields.count(field) > 1 and expected in taken
        )
        is_named = column.field == "product_id" and field == "description"
        is_named &= column.reason in {NAME_REASON, ONLY_REASON}
        return (column.field or "") == expected or is_second or is_named


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def tables_of(path: Path) -> list[Table]:
    tables = []
    for _, group in itertools.groupby(rows_of(path), key=lambda row: row["table"]):
        rows = list(group)
        values = (row["values"].split("|") for row in rows)
        tables.append(
            Table(
                fields=tuple(row["field"] for row in rows),
                matching=match_columns(
                    tuple(row["header"] for row in rows),
                    hints(),
                    records=tuple(zip(*values, strict=True)),
                ),
            )
        )
    return tables


def guess(header: str) -> str:
    meant = fields_of(header)
    return max(meant, key=lambda field: meant[field], default="")


@pytest.mark.parametrize(
    ("path", "least"), [(LOOKED_AT, 0.95), (HELD_OUT, 0.85)], ids=["seen", "second"]
)
def test_most_headers_are_understood_by_themselves(path: Path, least: float) -> None:
    rows = rows_of(path)

    right = sum(guess(row["header"]) == row["field"] for row in rows)

    assert len({row["header"] for row in rows}) == len(rows) >= 270
    assert right >= least * len(rows), right / len(rows)


@pytest.mark.parametrize(
    ("path", "least"),
    [
        (LOOKED_AT, 0.98),
        (HELD_OUT, 0.96),
        (EXPORTS, 0.96),
        (EXPORTS_SECOND, 0.96),
        (EXPORTS_THIRD, 0.93),
        (EXPORTS_HELD_OUT, 0.92),
    ],
    ids=["seen", "second", "exports", "second exports", "third", "held out"],
)
def test_more_are_understood_beside_the_others_and_with_their_values(
    path: Path, least: float
) -> None:
    judged = [
        table.is_right(*column)
        for table in tables_of(path)
        for column in table.columns()
    ]

    assert sum(judged) >= least * len(judged), sum(judged) / len(judged)


@pytest.mark.parametrize(
    "path",
    [
        LOOKED_AT,
        HELD_OUT,
        EXPORTS,
        EXPORTS_SECOND,
        EXPORTS_THIRD,
        EXPORTS_HELD_OUT,
    ],
    ids=["seen", "second", "exports", "second exports", "third", "held out"],
)
def test_nothing_is_surely_taken_for_a_required_field_it_is_not(path: Path) -> None:
    wrong = [
        (column.header, field, column.field)
        for table in tables_of(path)
        for field, column in table.columns()
        if column.field in REQUIRED
        and column.confidence >= SURE
        and not table.is_right(field, column)
        and column.header not in EITHER_WOULD_DO
    ]

    assert wrong == []


def test_no_header_stands_in_both_halves() -> None:
    seen, held_out = (
        {row["header"] for row in rows_of(path)} for path in (LOOKED_AT, HELD_OUT)
    )

    assert not seen & held_out
