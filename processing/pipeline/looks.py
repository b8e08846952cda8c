"""Whether the values of a column look like what a field holds.

A few values are looked at, one by one and each by itself: what a whole column proves of
its marks and dates is the survey's to say.
"""

import enum
import itertools
import re
from collections.abc import Callable, Mapping, Sequence

from processing.pipeline.casts import ABSENT

# Fewer values than these say nothing: one broken row would be half of them.
FEWEST = 3
# Of footnotes and broken rows there are fewer than one in five.
MOSTLY, HARDLY = 0.8, 0.2
# A column of kinds ("Boleta", "Factura") repeats each of them so often, or more, and
# fewer than so many values may be sales of one receipt.
REPEATED, FEWEST_KINDS = 3, 6
# No receipt has more lines than two digits count.
LONGEST_POSITION = 2
_MONTHS = "ene|jan|feb|mar|abr|apr|may|jun|jul|ago|aug|sep|set|oct|nov|dic|dec"
_MOMENT = re.compile(
    r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[t\s,]+[0-9]{1,2}:[0-9]{2}.*)?"
    rf"|.*\b(?:{_MONTHS})[a-z]*\.?\b.*[0-9].*|[0-9].*\b(?:{_MONTHS})[a-z]*\.?\b.*",
)
# Days without marks between their parts, and day numbers of spreadsheets.
_BARE_DAY = re.compile(
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])(?:[t\s].*)?"
    r"|[34][0-9]{4}(?:[.,][0-9]+)?"
)
_CLOCK = re.compile(r"[0-9]{1,2}:[0-9]{2}\b.*")
_TIME = re.compile(r".*\b[0-9]{1,2}:[0-9]{2}\b.*|[0-9]{3,6}")
_NUMBER = re.compile(
    r"\(?[-+]?\s*(?P<before>[a-z]{0,3}[$€]|s/\.?|clp|usd|eur|mxn|ars|pen|cop|pesos)?"
    r"\s*[-+]?\s*(?:[0-9][0-9.,'\s\u2019]*|[.,][0-9]+)\s*(?P<after>[$€]|[a-z]{3})?"
    r"\s*[-+]?\s*(?P<percent>%)?\)?"
)
# Money is written with two decimals or in thousands; codes are not.
_AMOUNT = re.compile(r"-?[0-9]{1,3}(?:[.,' ]?[0-9]{3})*[.,][0-9]{2}|-[0-9].*|.*[$€%].*")
_RUT = re.compile(r"(?P<digits>[0-9]{1,3}(?:\.?[0-9]{3}){2})-(?P<check>[0-9k])")
_WORDS = re.compile(r"[^\W\d][^\d]*")
# Numbers of receipts end in digits, whatever stands before.
_COUNTED = re.compile(r"[0-9]{2,}$")
_ABSENT_WORDS = frozenset(ABSENT)


class Verdict(enum.Enum):
    """What the values of a column say to a field."""

    AGREE = enum.auto()
    SAY_NOTHING = enum.auto()
    CONTRADICT = enum.auto()


def are_in_runs(cells: Sequence[str]) -> bool:
    """Say whether numbers stand there that go up, several lines to some of them.

    So do the numbers of receipts, one below the other.
    """
    values = present_values(cells)
    runs = [value for value, _ in itertools.groupby(values)]
    is_counted = all(_COUNTED.search(value) and _is_code(value) for value in values)
    keys = [(len(value), value) for value in runs]
    return (
        is_counted
        and 1 < len(runs) < len(values)
        and len(set(runs)) == len(runs)
        and keys == sorted(keys)
    )


def verdict_of(field: str, cells: Sequence[str]) -> Verdict:
    """Return what the cells of a column say to its being ``field``."""
    values = present_values(cells)
    if len(values) < FEWEST:
        return Verdict.SAY_NOTHING
    if any(are_other(values) for are_other in _OTHERS.get(field, ())):
        return Verdict.CONTRADICT
    fits = _FITS[field]
    share = sum(map(fits, values)) / len(values)
    if share >= MOSTLY:
        return Verdict.AGREE
    return Verdict.CONTRADICT if share <= HARDLY else Verdict.SAY_NOTHING


def present_values(cells: Sequence[str]) -> list[str]:
    """Return the trimmed cells that hold something, in lower case."""
    return [cell.strip().lower() for cell in cells if cell.strip() not in _ABSENT_WORDS]


def _are_kinds(values: Sequence[str]) -> bool:
    """Say whether a few words without digits stand there again and again."""
    most = len(values) // REPEATED if len(values) >= FEWEST_KINDS else 0
    return len(set(values)) <= most and all(_WORDS.fullmatch(value) for value in values)


def _are_positions(values: Sequence[str]) -> bool:
    """Say whether the lines of documents are numbered there: 1 2 3 1 2 1."""
    if not all(
        value.isdecimal() and len(value) <= LONGEST_POSITION for value in values
    ):
        return False
    numbers = [int(value) for value in values]
    steps = itertools.pairwise(numbers)
    return numbers.count(1) > 1 and all(b in {1, a + 1} for a, b in steps)


def _is_moment(value: str) -> bool:
    return bool(_MOMENT.fullmatch(value) or _BARE_DAY.fullmatch(value))


def _is_time(value: str) -> bool:
    return bool(_TIME.fullmatch(value)) or _is_moment(value)


def _is_money(value: str) -> bool:
    number = _NUMBER.fullmatch(value)
    return (
        number is not None
        and not number["percent"]
        and _MOMENT.fullmatch(value) is None
    )


def _is_amount(value: str) -> bool:
    """Say whether a value counts or measures something, and is no money."""
    number = _NUMBER.fullmatch(value)
    if number is None or number["before"] or number["percent"]:
        return False
    return _MOMENT.fullmatch(value) is None


def _is_code(value: str) -> bool:
    return not (
        _MOMENT.fullmatch(value)
        or _CLOCK.fullmatch(value)
        or _AMOUNT.fullmatch(value)
        or _is_rut(value)
    )


def _is_rut(value: str) -> bool:
    """Say whether a value is a RUT with the check digit that its digits ask for."""
    match = _RUT.fullmatch(value)
    if match is None:
        return False
    digits = match["digits"].replace(".", "")
    weighed = sum(
        int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(digits))
    )
    return "0123456789k0"[(11 - weighed % 11)] == match["check"]


def _is_text(value: str) -> bool:
    return _NUMBER.fullmatch(value) is None and not _MOMENT.fullmatch(value)


def _is_unit(value: str) -> bool:
    return _NUMBER.fullmatch(value) is None


def _is_group(value: str) -> bool:
    return not (_MOMENT.fullmatch(value) or _AMOUNT.fullmatch(value))


def _is_person(value: str) -> bool:
    return _is_rut(value) or _is_group(value)


_OTHERS: Mapping[str, tuple[Callable[[Sequence[str]], bool], ...]] = {
    "transaction_id": (_are_kinds,),
    "product_id": (_are_positions,),
    "category": (_are_positions,),
}
_FITS: Mapping[str, Callable[[str], bool]] = {
    "occurred_at": _is_moment,
    "time_of_day": _is_time,
    "transaction_id": _is_code,
    "product_id": _is_code,
    "quantity": _is_amount,
    "stock": _is_amount,
    **dict.fromkeys(
        (
            *("price_total", "price_unit", "cost_total", "cost_unit"),
            *("discount_total", "commission_total", "margin"),
        ),
        _is_money,
    ),
    "transaction_type": _is_group,
    "category": _is_group,
    "customer_id": _is_person,
    "description": _is_text,
    "unit_type": _is_unit,
}
