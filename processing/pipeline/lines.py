"""The physical lines of a stretch of text, as line numbers count them."""

import re

from processing.pipeline.records import Dialect

LINE = re.compile(rb"[^\n]*\n")


def lines_of(text: bytes, dialect: Dialect) -> list[bytes]:
    """Return the lines with their ends, as line numbers count them.

    A lone carriage return ends a line only in a file whose lines end that way.
    """
    if dialect.line_ending == "\r" or text.count(b"\r") == text.count(b"\r\n"):
        return text.splitlines(keepends=True)
    return LINE.findall(text)


def has_line_longer_than(text: bytes, limit_bytes: int) -> bool:
    """Say whether some line may be longer, without cutting the text into lines."""
    position = 0
    while len(text) - position > limit_bytes:
        end = max(
            text.rfind(b"\n", position, position + limit_bytes),
            text.rfind(b"\r", position, position + limit_bytes),
        )
        if end < position:
            return True
        position = end + 1
    return False
