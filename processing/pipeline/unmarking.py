"""Records with quotation marks as records without: what a mark guards stands in.

A line end, a delimiter or a mark inside quoted fields is put into one control byte
each, so that every record is one line and every delimiter parts fields. Marks that do
not stand where they should are left, and so their record proves irregular.
"""

import dataclasses
import functools
import re

from processing.pipeline.lines import lines_of
from processing.pipeline.records import Dialect

# Control bytes, which no regular record holds: first those that stay in a record, then
# those of the work on it.
MARK, RETURN, FEED, DELIMITER = b"\x1c", b"\x1d", b"\x1e", b"\x1f"
OPENS, CLOSES, PARTS, ASTRAY = b"\x02", b"\x03", b"\x04", b"\x05"
STAND_INS = MARK + RETURN + FEED + DELIMITER
RESERVED = STAND_INS + OPENS + CLOSES + PARTS + ASTRAY
# What these bytes become where the file itself has them: as irregular as they are.
ODD = b"\x06"
TO_ODD = bytes.maketrans(RESERVED, ODD * len(RESERVED))

# One line in so many is few.
FEW = 8


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Unmarked:
    """Records as ``lines`` of ``text``; ``spans`` is how many of the file each is.

    Only the lines that prove regular mean anything, and only up to the first that does
    not: a mark astray there would have turned inside out all that follows.
    """

    text: bytes
    lines: list[bytes]
    spans: list[int]


class Unmarker:
    """Unmarks the text of files of one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._delimiter = dialect.delimiter.encode()
        self._quote = (dialect.quote or "").encode()

    def stand_ins_of(self, text: bytes) -> dict[str, str]:
        """Return what stands in this text and for what, as characters."""
        stood_for = (self._quote, b"\r", b"\n", self._delimiter)
        return {
            chr(byte): each.decode()
            for byte, each in zip(STAND_INS, stood_for, strict=True)
            if byte in text
        }

    def can_unmark(self, text: bytes) -> bool:
        """Say whether marks mean in this text what they mean here."""
        escape = (self._dialect.escape or "").encode()
        return (
            len(self._delimiter) == len(self._quote) == 1
            # In a cell, a control character would refuse its record.
            and (self._delimiter >= b" " or self._delimiter == b"\t")
            and self._dialect.line_ending != "\r"
            and not (escape and escape in text)
        )

    def unmark(self, text: bytes) -> Unmarked:
        """Return the records of text that begins and ends where a line does.

        A record whose mark is still open where the text ends is left out.
        """
        if any(byte in text for byte in RESERVED):
            text = text.translate(TO_ODD)
        bare = self._bared(text)
        lines = lines_of(bare, self._dialect)
        return Unmarked(text=bare, lines=lines, spans=_spans(bare, lines))

    def _bared(self, text: bytes) -> bytes:
        quote, delimiter = self._quote, self._delimiter
        opening = (delimiter + quote, b"\n" + quote)
        if not (text.startswith(quote) or any(sign in text for sign in opening)):
            # No field begins with a mark, so none is quoted.
            return text.replace(quote, MARK)
        text = _astray(delimiter, quote).sub(ASTRAY, text)
        return self._edged(self._guarded(text.split(quote)))

    def _guarded(self, parts: list[bytes]) -> bytes:
        """Return the text with what stands in for what quoted parts hold.

        Between marks every other part is quoted, the first one is not.
        """
        is_open = len(parts) % 2 == 0
        if is_open:
            parts.pop()
        inside = PARTS.join(parts[1::2])
        inside = inside.replace(b"\r\n", RETURN + FEED).replace(b"\n", FEED)
        inside = inside.replace(self._delimiter, DELIMITER).replace(ASTRAY, ODD)
        if len(parts) > 1:
            wrapped = OPENS + inside.replace(PARTS, CLOSES + PARTS + OPENS) + CLOSES
            parts[1::2] = wrapped.split(PARTS)
        text = b"".join(parts)
        return text[: text.rfind(b"\n") + 1] if is_open else text

    def _edged(self, text: bytes) -> bytes:
        """Return the text without marks that stand at the edges of a field."""
        delimiter = self._delimiter
        text = text.replace(CLOSES + OPENS, MARK).replace(ASTRAY, MARK)
        text = text.removeprefix(OPENS)
        for edge in (delimiter, b"\n"):
            text = text.replace(edge + OPENS, edge)
        for edge in (delimiter, b"\n", b"\r\n"):
            text = text.replace(CLOSES + edge, edge)
        return text


@functools.cache
def _astray(delimiter: bytes, quote: bytes) -> re.Pattern[bytes]:
    """Return what finds marks that can neither open nor close a field.

    They are text where no quoted field is, and make one irregular.
    """
    mark, end = re.escape(quote), re.escape(delimiter)
    return re.compile(
        rb"%b(?<![%b\n%b]%b)(?<!\A%b)(?![%b\r\n%b]|\Z)"
        % (mark, end, mark, mark, mark, end, mark)
    )


def _spans(text: bytes, lines: list[bytes]) -> list[int]:
    feeds = text.count(FEED)
    if feeds * FEW < len(lines):
        # Going from one to the next costs less than looking at every line.
        spans = [1] * len(lines)
        index = reached = 0
        for _ in range(feeds):
            place = text.index(FEED, reached)
            index += text.count(b"\n", reached, place)
            spans[index] += 1
            reached = place + 1
        return spans
    return [1 + line.count(FEED) for line in lines]
