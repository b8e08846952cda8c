"""What the code of a refused row means, for answers and exports.

The pipeline owns the codes and their catalogue; the web process cannot load it, so the
sentences are repeated here and a test holds the two together.
"""

from collections.abc import Mapping

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


def message_for(code: str) -> str:
    """Return the sentence for ``code``; a code we do not know explains itself."""
    return MESSAGES.get(code, code.replace("_", " "))
