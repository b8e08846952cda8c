"""What is asked of a reading and what was found: frozen data, safe to hand on."""

import dataclasses
import datetime as dt
import enum
from collections.abc import Mapping


class DecimalMark(enum.StrEnum):
    """What separates whole from fraction."""

    COMMA = "comma"
    POINT = "point"


class DateOrder(enum.StrEnum):
    """Which part of a numeric date comes first. ISO dates need no such answer.

    ``SERIAL`` is a column of day numbers as spreadsheets count them; only a file's own
    values say so, never a company.
    """

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    SERIAL = "serial"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What is known before the file is opened.

    ``decimal_mark`` and ``date_order`` are the company's conventions: they answer only
    where the file does not decide. The ``forced_*`` ones overrule the file.
    ``currency`` is the one code that may stand beside an amount, as ``$`` may.
    ``mapping`` is source header to field; a header mapped to ``""`` is left out.
    ``chosen`` is the same by position, from a person who looked at the columns, and
    goes before it. ``learnt`` is a folded header to a field, from earlier choices.
    ``forced_marks`` is the decimal mark of single fields.
    ``quote`` is a quotation mark, or ``""`` for a file that has none.
    ``defaults`` is field to the text used where the file has no such column or value.
    ``today`` is the company's day: dates after the end of next year are refused.
    ``sheet`` names a sheet of a workbook; other files have none.
    """

    today: dt.date
    time_zone: str = "America/Santiago"
    decimal_mark: DecimalMark = DecimalMark.COMMA
    date_order: DateOrder = DateOrder.DAY_FIRST
    currency: str = "CLP"
    encoding: str | None = None
    delimiter: str | None = None
    quote: str | None = None
    header_line: int | None = None
    forced_decimal_mark: DecimalMark | None = None
    forced_date_order: DateOrder | None = None
    forced_marks: Mapping[str, DecimalMark] = dataclasses.field(default_factory=dict)
    mapping: Mapping[str, str] = dataclasses.field(default_factory=dict)
    chosen: Mapping[int, str] = dataclasses.field(default_factory=dict)
    learnt: Mapping[str, str] = dataclasses.field(default_factory=dict)
    defaults: Mapping[str, str] = dataclasses.field(default_factory=dict)
    sheet: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SheetChoice:
    """Which sheet of a workbook is read: by name, or the first one that can be seen.

    Its numbers have no mark of their own; they are written with ``decimal_mark``.
    """

    name: str = ""
    decimal_mark: DecimalMark = DecimalMark.COMMA


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMatch:
    """What one column of the file was taken for. ``confidence`` is 0 to 1."""

    header: str
    index: int
    field: str | None
    confidence: float
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """Something the file did not decide, and what was assumed for how many values."""

    kind: str
    column: str
    assumed: str
    values: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Something only a person can answer before anything lands.

    ``code`` is ``missing_column``, ``column_conflict`` or ``unsure_column``.
    """

    code: str
    field: str
    columns: tuple[str, ...]
    message: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """Everything decided about a file before its rows are read.

    ``header_line`` is physical and 1-based, 0 where the file has no header; records
    begin at ``first_line``. ``mark_bytes`` is the length of the byte order mark.
    ``decimal_marks`` and ``date_orders`` are by field. The file may be landed only if
    ``questions`` is empty. ``total_bytes`` is what ``Batch.bytes_done`` grows to.
    ``sheet`` is the one that was read, if the file is a workbook.
    """

    encoding: str
    delimiter: str
    quote: str | None
    escape: str | None
    line_ending: str
    header_line: int
    first_line: int
    header: tuple[str, ...]
    columns: tuple[ColumnMatch, ...]
    assumptions: tuple[Assumption, ...]
    questions: tuple[Question, ...]
    decimal_marks: Mapping[str, DecimalMark]
    date_orders: Mapping[str, DateOrder]
    time_zone: str
    today: dt.date
    currency: str
    defaults: Mapping[str, str]
    mark_bytes: int
    total_bytes: int
    confidence: float
    sheet: SheetChoice | None = None

    def reads_like(self, other: "Understanding") -> bool:
        """Say whether both read every row the same; what they counted may differ."""
        return self._reading() == other._reading()  # noqa: SLF001 - of the same class

    def _reading(self) -> "Understanding":
        return dataclasses.replace(
            self, assumptions=(), questions=(), total_bytes=0, confidence=0.0
        )

    def indices_of(self, field: str) -> tuple[int, ...]:
        """Return the positions of the columns taken for ``field``: date, then time."""
        return tuple(c.index for c in self.columns if c.field == field)
