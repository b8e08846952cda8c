"""What the code of a refused row or of a remark means, for answers and exports.

The pipeline owns the codes and their catalogue; the web process cannot load it, so the
sentences are repeated here and a test holds the two together.
"""

from collections.abc import Mapping, Sequence
from typing import Any

MESSAGES: Mapping[str, str] = {
    "already_corrected": "The refused line that this row repairs was repaired before.",
    "not_a_correction": "The row names no refused line of the upload it corrects.",
    "missing_required": "A value every sale needs is absent.",
    "bad_date": "The text is not a date in the order this column uses.",
    "date_out_of_range": "The date is before 1990 or after the end of next year.",
    "bad_number": "The text is not a number in the convention this column uses.",
    "number_out_of_range": "The number has too many digits to be kept exactly.",
    "too_many_fields": "The record has more fields than the header.",
    "bad_encoding": "The record has bytes that are not text in the file's encoding.",
    "control_character": "A cell has a control character.",
    "unbalanced_quote": (
        "A quotation mark opens and does not close, or closes too early."
    ),
    "field_too_long": "A cell is longer than a cell may be.",
    "formula_error": "The cell shows an error of a spreadsheet, which is no value.",
    # Not of the pipeline: the merge refuses keys that exist when the mode is append.
    "duplicate": "A sale with this transaction, product and occurrence exists already.",
}

# Of rows that are accepted all the same.
REMARKS: Mapping[str, str] = {
    "too_few_fields": (
        "The record has fewer fields than the header; the rest is absent."
    ),
    "rounded": ("A calculated number has more than 4 decimals and was rounded to 4."),
    "price_mismatch": (
        "The total is far from quantity times unit price less discount."
    ),
}


def message_for(code: str) -> str:
    """Return the sentence for ``code``; a code we do not know explains itself."""
    return MESSAGES.get(code) or REMARKS.get(code) or code.replace("_", " ")


def told_remarks(kept: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return remarks as an upload keeps them, each with its sentence; JSON-safe."""
    return [{**one, "message": message_for(one["code"])} for one in kept]
