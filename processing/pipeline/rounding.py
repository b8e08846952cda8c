"""Numbers that were calculated: which ones they are, and how they are rounded.

A calculation leaves as many digits as its program has. To refuse such a number would
refuse every net price, so it is rounded to the decimals that are kept, and counted.
What a person wrote is exact, or refused.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal

import polars as pl

from processing.pipeline.fields import SCALE
from processing.pipeline.findings import SheetChoice

# A spreadsheet keeps so many digits, and programs write floats with so many or more.
# Nobody types them.
CALCULATED_DIGITS = 15
# The numbers of a workbook are floats, whatever they look like.
ANY_DIGITS = 0
# The noise of a sum that should be nothing has so many decimals; more is no float.
MOST_DECIMALS = 60
KEPT = Decimal(1).scaleb(-SCALE)
EXACT = Context(prec=400, rounding=ROUND_HALF_EVEN)
# A number with more decimals than are kept is longer than this, whoever wrote it.
SHORTEST = len(".") + SCALE + 1


def least_digits_of(sheet: SheetChoice | None) -> int:
    """Return the digits that a calculated number has at least in a file."""
    return CALCULATED_DIGITS if sheet is None else ANY_DIGITS


def is_calculated(digits: str, *, least_digits: int) -> bool:
    """Say whether a number of these digits came out of a calculation."""
    return len(digits.lstrip("0")) >= least_digits


def rounded(number: str) -> str:
    """Return a plain number with a point, rounded half to even to what is kept."""
    return format(Decimal(number).quantize(KEPT, context=EXACT), "f")


def count_rounded(texts: pl.Series, *, mark: str, least_digits: int) -> int:
    """Return how many texts, numbers with this decimal mark, are to be rounded."""
    shortest = max(SHORTEST, least_digits + len("."))
    longest = texts.str.len_bytes().max()
    if not isinstance(longest, int) or longest < shortest:
        return 0
    point = rf"\{mark}"
    hidden = rf"{point}[0-9]{{{SCALE}}}[0-9]*[1-9]"
    # A percentage moves the point by two.
    hidden_in_percent = rf"{point}[0-9]{{{SCALE - 2}}}[0-9]*[1-9][0-9]*[^0-9]*%"
    long = texts.filter(texts.str.contains(f"{hidden}|{hidden_in_percent}"))
    digits = long.str.replace_all("[^0-9]", "").str.strip_chars_start("0")
    return int((digits.str.len_bytes() >= least_digits).sum())
