"""The physical lines of a stretch of text, as line numbers count them."""

import re
from collections import Counter
from collections.abc import Sequence

from processing.pipeline.records import Dialect

LINE = re.compile(rb"[^\n]*\n")
END, FEED = re.compile(rb"\r\n|\n|\r"), re.compile(rb"\n")


def lines_of(text: bytes, dialect: Dialect) -> list[bytes]:
    """Return the lines with their ends, as line numbers count them.

    A lone carriage return ends a line only in a file whose lines end that way.
    """
    if _has_ends_of_any_kind(text, dialect):
        return text.splitlines(keepends=True)
    return LINE.findall(text)


def count_lines(text: bytes, dialect: Dialect) -> int:
    """Return how many lines ``lines_of`` gives of a text that ends with one's end."""
    feeds = text.count(b"\n")
    if not _has_ends_of_any_kind(text, dialect):
        return feeds
    return feeds + text.count(b"\r") - text.count(b"\r\n")


def end_of_line(text: bytes, place: int, dialect: Dialect) -> int:
    """Return where the line ends that ``place`` is in, its end included."""
    end = END if _has_ends_of_any_kind(text, dialect) else FEED
    match = end.search(text, place)
    return match.end() if match else len(text)


def _has_ends_of_any_kind(text: bytes, dialect: Dialect) -> bool:
    return dialect.line_ending == "\r" or text.count(b"\r") == text.count(b"\r\n")


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


def usual_ending(lines: Sequence[bytes]) -> str:
    """Return what most of these lines end with."""
    endings = Counter[str]()
    for end, count in Counter(line[-2:] for line in lines).items():
        is_pair = end == b"\r\n"
        endings["\r\n" if is_pair else end[-1:].decode("ascii", "ignore")] += count
    known = [ending for ending in ("\n", "\r\n", "\r") if endings[ending]]
    return max(known, key=lambda ending: endings[ending], default="\n")
