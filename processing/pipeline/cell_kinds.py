"""What a cell looks like, whatever it means: a number, an address, several values."""

import re

from processing.pipeline.marks import has_marks_left

# What cells of one kind look like. Only text may name a column without more ado.
KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"\s*[-+($]*\s*[0-9][0-9.,' ]*(?:[eE][-+]?\d+)?[%)]?-?\s*")),
    ("moment", re.compile(r"\s*[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}.*")),
    ("moment", re.compile(r"\s*[0-9]{1,2}:[0-9]{2}.*")),
    ("address", re.compile(r"[^\s@]+@[^\s@]+\.\S+|https?://.*")),
    ("truth", re.compile(r"\s*(?:true|false)\s*", re.IGNORECASE)),
)
TEXT = "text"
VALUE = re.compile(
    r"\s*(?:[-+(]?\s*\$?\s*[0-9][0-9.,' ]*%?\)?-?"
    r"|[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?:[ T][0-9:.]+)?"
    r"(?:[-+][0-9:]+|Z)?(?:\s*[apAP]\.?m\.?)?"
    r"|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?|[\w .°ºª-]*)\s*"
)
MOMENT = re.compile(
    r"(?:[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}[ T]?)?"
    r"(?:[0-9]{1,2}:[0-9]{2}(?::[0-9.,]+)?\s*(?:[apAP]\.?m\.?)?(?:[-+][0-9:]+|Z)?)?"
)
NUMBER = re.compile(r"\s*[-+]?\$?[0-9][0-9.,]*%?\s*")
STUCK = re.compile(r"[;\t|]")
# How much a cell counts: a value, a text with punctuation, several values stuck.
CLEAN, WORDY, STUCK_TOGETHER = 1.0, 0.8, 0.1


def kind_of(cell: str) -> str:
    """Return what a cell looks like: a number, a moment, an address, a truth, text."""
    return next((kind for kind, looks in KINDS if looks.fullmatch(cell)), TEXT)


def cleanness(cell: str, delimiter: str) -> float:
    """Return how much a cell counts as one that a delimiter parted from others."""
    if VALUE.fullmatch(cell):
        return CLEAN
    if STUCK.search(cell.replace(delimiter, "")) or has_marks_left(cell):
        return STUCK_TOGETHER
    return WORDY
