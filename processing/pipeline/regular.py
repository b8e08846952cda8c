"""Proving that lines are regular, which is what lets them be read at full speed.

A line is regular if nothing in it but its delimiters could matter: no quotation mark
but around whole fields, no control character, no broken byte, and exactly the
delimiters of a record. It is proven by deleting every harmless byte and comparing what
is left with what a record leaves, which costs less than looking at each line.
"""

import bisect
import itertools
import re
from collections.abc import Iterator

from processing.pipeline.records import Dialect
from processing.pipeline.unmarking import STAND_INS

TERMINATORS = (b"\r\n", b"\n", b"\r")
# Between the fields of records that were quoted throughout. Being a control character,
# it stands in no regular line.
UNIT = b"\x1f"
TAB = 9
PRINTABLE_FROM = 32
DELETE = 127
# C1 controls, bytes that are not text, and the mark of text lost before it came to us.
SUSPECT = re.compile(rb"\xc2[\x80-\x9f]|\xed[\xa0-\xbf]|\xef\xbf\xbd")
SUSPECT_LEADS = (b"\xc2", b"\xed", b"\xef\xbf\xbd")


class Regularity:
    """The proof for files of one dialect, ``width`` fields a record."""

    def __init__(self, dialect: Dialect, *, width: int) -> None:
        self._delimiter = dialect.delimiter.encode()
        self._quote = (dialect.quote or "").encode()
        self.width = width
        escape = (dialect.escape or "").encode()
        self._harmless = _harmless(self._delimiter + self._quote + escape)
        self._harmless_inside_quotes = _harmless(self._quote + escape)
        # A delimiter of several bytes is not in the tables: nothing is regular then.
        usable = len(self._delimiter) == 1
        self._skeletons = tuple(
            self._delimiter * (width - 1) + terminator for terminator in TERMINATORS
        )
        self._known = frozenset(self._skeletons) if usable else frozenset()

    def prove_all(self, text: bytes) -> tuple[bytes, int] | None:
        """Return the records with line feeds, and their number, if all are regular."""
        if not self._known or is_suspect(text):
            return None
        left = text.translate(None, self._harmless)
        for skeleton in self._skeletons:
            count = len(left) // len(skeleton)
            if left == skeleton * count:
                if _has_bare(text, skeleton) or _has_lone_return(text, skeleton, count):
                    return None
                return as_line_feeds(text, skeleton[self.width - 1 :]), count
        return None

    def prove_quoted(self, text: bytes) -> tuple[bytes, int] | None:
        """Return the records apart by ``UNIT``, and their number, if all are quoted.

        Every field of every record must stand in marks of its own, with no mark inside.
        """
        quote, width = self._quote, self.width
        if not self._known or not quote or not text.startswith(quote):
            return None
        if UNIT in text or is_suspect(text):
            return None
        joined = text.replace(quote + self._delimiter + quote, UNIT)
        left = joined.translate(None, self._harmless_inside_quotes)
        for terminator in TERMINATORS:
            skeleton = quote + UNIT * (width - 1) + quote + terminator
            count = len(left) // len(skeleton)
            if left == skeleton * count:
                bare = _unwrapped(joined, quote, terminator, count)
                blank = UNIT * (width - 1) + b"\n"
                if bare is None or _has_bare(bare, blank):
                    return None
                return bare, count
        return None

    def prove_each(self, lines: list[bytes]) -> list[bool]:
        """Return for each line whether it is a regular record that is not blank."""
        if not self._known:
            return [False] * len(lines)
        text = b"".join(lines)
        known, wraps = self._known, self._wraps
        proven = [
            len(rest) != len(line) and (rest in known or wraps(line, rest))
            for rest, line in zip(
                self._remains(text, lines, harmless=self._harmless), lines, strict=True
            )
        ]
        for index in _suspects(text, lines):
            proven[index] = False
        return proven

    def prove_unmarked(self, text: bytes, lines: list[bytes]) -> list[bool]:
        """Return the same of the lines of a text in which control bytes stand in."""
        known = self._known
        rests = self._remains(text, lines, harmless=self._harmless + STAND_INS)
        proven = [
            rest in known and len(rest) != len(line)
            for rest, line in zip(rests, lines, strict=True)
        ]
        for index in _suspects(text, lines):
            proven[index] = False
        return proven

    def bared(self, text: bytes) -> bytes:
        """Return lines proven one by one without the marks around their fields."""
        return text.translate(None, self._quote) if self._quote else text

    def _wraps(self, line: bytes, rest: bytes) -> bool:
        """Say whether each mark of a line stands at the edge of a field of its own.

        ``rest`` is the line without its harmless bytes. Marks and delimiters that touch
        in the line touch in the rest; if as many touch, all of them do.
        """
        if not self._quote or self._quote not in rest:
            return False
        fields = rest.rstrip(b"\r\n").split(self._delimiter)
        pair = self._quote * 2
        opens, closes = self._delimiter + self._quote, self._quote + self._delimiter
        return (
            len(fields) == self.width
            and all(field in (b"", pair) for field in fields)
            and line.count(opens) == rest.count(opens)
            and line.count(closes) == rest.count(closes)
            and (not fields[0] or line.startswith(self._quote))
            and (not fields[-1] or line.rstrip(b"\r\n").endswith(self._quote))
        )

    @staticmethod
    def _remains(text: bytes, lines: list[bytes], *, harmless: bytes) -> list[bytes]:
        """Return what is left of each line without its harmless bytes."""
        returns = text.count(b"\r")
        if text.count(b"\n") == len(lines) and text.count(b"\r\n") == returns:
            # Every line ends with the only line feed it has: all can be done at once.
            return text.translate(None, harmless).splitlines(keepends=True)
        return [_remains_of(line, harmless) for line in lines]


def is_suspect(text: bytes) -> bool:
    """Say whether some character of the text must be looked at one by one."""
    return any(lead in text for lead in SUSPECT_LEADS) and bool(SUSPECT.search(text))


def as_line_feeds(text: bytes, terminator: bytes) -> bytes:
    """Return regular lines so that each has a line feed where it ends.

    A carriage return before one may stay: the fast reader leaves it out.
    """
    if terminator != b"\r":
        return text
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _harmless(speaking: bytes) -> bytes:
    return bytes(
        byte
        for byte in range(256)
        if byte not in speaking
        and (byte == TAB or (byte >= PRINTABLE_FROM and byte != DELETE))
    )


def _has_bare(text: bytes, skeleton: bytes) -> bool:
    # A record of delimiters only is blank, and a blank record is not a regular one.
    # It follows a line's end, which a delimiter could not be.
    return text.startswith(skeleton) or skeleton[-1:] + skeleton in text


def _has_lone_return(text: bytes, skeleton: bytes, count: int) -> bool:
    # Harmless bytes between a carriage return and its line feed leave no trace.
    return skeleton.endswith(b"\r\n") and text.count(b"\r\n") != count


def _unwrapped(
    joined: bytes, quote: bytes, terminator: bytes, count: int
) -> bytes | None:
    if joined.count(quote + terminator) != count:
        return None
    if joined.count(terminator + quote) != count - 1:
        return None
    bare = joined.replace(quote + terminator, b"\n").replace(b"\n" + quote, b"\n")
    return bare[len(quote) :]


def _remains_of(line: bytes, harmless: bytes) -> bytes:
    bare = line.rstrip(b"\r\n")
    if b"\r" in bare:
        # A return inside a line would look like its end once what is between is gone.
        return line
    return bare.translate(None, harmless) + line[len(bare) :]


def _suspects(text: bytes, lines: list[bytes]) -> list[int]:
    if not is_suspect(text):
        return []
    ends = list(itertools.accumulate(map(len, lines)))
    return [bisect.bisect_right(ends, place) for place in _suspect_places(text)]


def _suspect_places(text: bytes) -> Iterator[int]:
    for lead in SUSPECT_LEADS:
        # A search for one byte is many times faster than one for a pattern.
        place = text.find(lead)
        while place >= 0:
            if SUSPECT.match(text, place):
                yield place
            place = text.find(lead, place + 1)
