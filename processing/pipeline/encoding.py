"""Bytes to text: which encoding a file is in, and reading it as UTF-8 in pieces.

Bytes that are not text in the encoding survive as lone surrogates, one a byte, so that
the record that holds them can be refused with its place. They are never replaced.
"""

import codecs
import dataclasses
import re
from collections.abc import Iterator

from charset_normalizer import from_bytes

from processing.pipeline.bounds import Stream
from processing.pipeline.errors import FileError

UTF_8 = "utf-8"
CP1252 = "cp1252"
# Longest first: the UTF-32 mark begins with the UTF-16 one.
MARKS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", UTF_8),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
WIDE = frozenset({"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})
# Python keeps no broken unit of these; a replacement character refuses its row later.
UNREPAIRABLE = frozenset({"utf-32-le", "utf-32-be"})
# What tills in Latin America write when it is not UTF-8: Windows, DOS, old Macs.
# cp1252 is asked first and wins ties; it covers latin-1 but for the control characters.
SINGLE_BYTE = (CP1252, "cp850", "mac_roman")
# Letters and signs of Spanish and English sales files.
EXPECTED = frozenset(
    "áéíóúüñÁÉÍÓÚÜÑ°ºª¿¡€çãõâêôàèìòùäöÇ½¼§¬"
    "\N{EN DASH}\N{EM DASH}\N{BULLET}\N{HORIZONTAL ELLIPSIS}\N{ACUTE ACCENT}"
    "\N{LEFT SINGLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}"
    "\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\N{NO-BREAK SPACE}"
)
# A share of expected characters below this means none of the three fits.
PLAUSIBLE_SHARE = 0.5
# Enough non-ASCII lines to tell encodings apart; more changes nothing.
EVIDENCE_BYTES = 32_768
# UTF-8 letters must outnumber broken ones by this factor to be believed.
BELIEF = 3
# After so many broken sequences the verdict does not change any more.
SETTLED_BROKEN = 200
# Text in a wide encoding has a zero in nearly every other byte.
WIDE_SHARE = 0.3
UNIT_BYTES = 4
HEAD_BYTES = 4_096
CENSUS_BLOCK_BYTES = 1 << 20
ALIEN = re.compile(rb"[\x80-\xff]")
LINE_END = re.compile(rb"[\r\n]|\Z")
SURROGATE = re.compile(r"[\ud800-\udfff]")
# The zero character is shown like a broken byte: JSON in Postgres cannot hold it.
UNSHOWABLE = re.compile(r"[\ud800-\udfff\x00]")
FIRST_ESCAPED, LAST_ESCAPED = 0xDC80, 0xDCFF
# Characters from here on are spelled with four digits.
FIRST_WIDE = 0x100


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """An encoding by its Python name, and how sure we are (0 to 1) and why."""

    name: str
    mark_bytes: int
    confidence: float
    reason: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of the file as UTF-8. ``source_end`` is where it ends in the file.

    ``is_damaged`` says that some of its bytes were not text and are lone surrogates.
    """

    text: bytes
    is_damaged: bool
    source_end: int


def detect_encoding(stream: Stream, *, named: str | None) -> Encoding:
    """Return the encoding of the whole stream; ``named`` overrules what it looks like.

    Reads as far as it takes to be sure: to the end for ASCII and UTF-8. Raises
    ``FileError`` if ``named`` is no encoding.
    """
    head = stream.read(HEAD_BYTES)
    mark = next(((name, len(m)) for m, name in MARKS if head.startswith(m)), None)
    if named is not None:
        canonical = _canonical(named)
        length = mark[1] if mark is not None and mark[0] == canonical else 0
        return Encoding(
            name=canonical, mark_bytes=length, confidence=1.0, reason="told"
        )
    if mark is not None:
        return Encoding(
            name=mark[0], mark_bytes=mark[1], confidence=1.0, reason="byte order mark"
        )
    wide = _unmarked_wide(head)
    if wide is not None:
        return Encoding(name=wide, mark_bytes=0, confidence=0.9, reason="zero bytes")
    return _by_census(head, stream)


def _canonical(named: str) -> str:
    try:
        name = codecs.lookup(named).name
        "".encode(name)
    except (LookupError, ValueError) as exc:
        raise FileError("bad_encoding_name", encoding=named[:40]) from exc
    aliases = {
        "iso8859-1": CP1252,
        "ascii": UTF_8,
        "utf-8-sig": UTF_8,
        "utf-16": "utf-16-le",
        "utf-32": "utf-32-le",
    }
    return aliases.get(name, name)


def _unmarked_wide(head: bytes) -> str | None:
    if not any(head):
        return None
    if len(head) % UNIT_BYTES == 0:
        # Of each unit of four bytes, two are zero: no character is that far out.
        for name, zeros in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
            if not any(head[zeros[0] :: UNIT_BYTES] + head[zeros[1] :: UNIT_BYTES]):
                return name
    half = max(len(head) // 2, 1)
    first, second = head[0::2].count(0) / half, head[1::2].count(0) / half
    if second > WIDE_SHARE and first < second / 10:
        return "utf-16-le"
    if first > WIDE_SHARE and second < first / 10:
        return "utf-16-be"
    return None


def _by_census(head: bytes, stream: Stream) -> Encoding:
    good = broken = 0
    evidence = b""
    decoder = codecs.getincrementaldecoder(UTF_8)("replace")
    block = head
    while block:
        rest = stream.read(CENSUS_BLOCK_BYTES)
        text = decoder.decode(block, not rest)
        if not text.isascii():
            damage = text.count("\ufffd") - block.count(b"\xef\xbf\xbd")
            broken += max(damage, 0)
            good += _non_ascii(text) - max(damage, 0)
            evidence = _gather(evidence, block)
        if broken > SETTLED_BROKEN and good < broken:
            break
        block = rest
    if broken == 0:
        reason = "valid throughout" if good else "plain ASCII"
        return Encoding(name=UTF_8, mark_bytes=0, confidence=1.0, reason=reason)
    if good > BELIEF * broken:
        return Encoding(
            name=UTF_8, mark_bytes=0, confidence=0.9, reason="valid but for a few bytes"
        )
    return _single_or_other(evidence, damaged=good >= broken)


def _non_ascii(text: str) -> int:
    # Cheaper than a loop: every non-ASCII character adds bytes, ASCII ones add none.
    return len(text) - len(text.encode("ascii", "ignore"))


def _gather(evidence: bytes, block: bytes) -> bytes:
    """Return the evidence with the lines of the block that are not ASCII.

    Of a long line only what stands around its letters is taken, and no byte is looked
    at twice: one line may be megabytes.
    """
    place = 0
    while len(evidence) < EVIDENCE_BYTES and (found := ALIEN.search(block, place)):
        near = max(place, found.start() - HEAD_BYTES // 2)
        ends = (block.rfind(end, near, found.start()) for end in (b"\n", b"\r"))
        start = max(near, *(end + 1 for end in ends))
        far = LINE_END.search(block, found.end(), start + HEAD_BYTES)
        place = start + HEAD_BYTES if far is None else far.start()
        evidence += block[start:place] + b"\n"
    return evidence


def _single_or_other(evidence: bytes, *, damaged: bool) -> Encoding:
    """Return the encoding of text with bytes that are none of UTF-8.

    ``damaged`` says that most letters are, nevertheless: those of a single byte then
    have to be the likelier ones.
    """
    shares = {name: _expected_share(evidence, name) for name in SINGLE_BYTE}
    best = max(SINGLE_BYTE, key=lambda name: shares[name])
    if shares[best] >= PLAUSIBLE_SHARE:
        return Encoding(
            name=best,
            mark_bytes=0,
            confidence=round(0.5 + shares[best] / 2, 2),
            reason="not UTF-8; its letters are those of a sales file",
        )
    if damaged:
        return Encoding(
            name=UTF_8, mark_bytes=0, confidence=0.6, reason="valid but for some bytes"
        )
    match = from_bytes(evidence, cp_exclusion=["utf_7", *sorted(_STATEFUL)]).best()
    if match is not None and not SURROGATE.search(_lenient(evidence, match.encoding)):
        return Encoding(
            name=_canonical(match.encoding),
            mark_bytes=0,
            confidence=0.6,
            reason="proven by charset-normalizer",
        )
    return Encoding(name=CP1252, mark_bytes=0, confidence=0.4, reason="nothing fits")


# A line of a stateful encoding means nothing without the lines before it.
_STATEFUL = frozenset(
    {
        "hz",
        "iso2022_jp",
        "iso2022_jp_1",
        "iso2022_jp_2",
        "iso2022_jp_2004",
        "iso2022_jp_3",
        "iso2022_jp_ext",
        "iso2022_kr",
    }
)


def _lenient(evidence: bytes, name: str) -> str:
    return evidence.decode(name, "surrogateescape")


def _expected_share(evidence: bytes, name: str) -> float:
    letters = [c for c in _lenient(evidence, name) if not c.isascii()]
    return sum(c in EXPECTED for c in letters) / len(letters) if letters else 0.0


def pieces(
    stream: Stream, encoding: str, *, sizes: Iterator[int], start: int
) -> Iterator[Piece]:
    """Yield the stream as UTF-8, a piece for each of so many bytes read.

    ``start`` is how many bytes of the stream to pass over first: its byte order mark.
    """
    stream.read(start)
    read = start
    decoder = codecs.getincrementaldecoder(encoding)(error_handler(encoding))
    while block := stream.read(next(sizes)):
        read += len(block)
        text = decoder.decode(block)
        yield _piece(text, read - len(decoder.getstate()[0]))
    tail = decoder.getstate()[0]
    if tail:
        # A character cut by the end of the file.
        cut = "".join(chr(0xDC00 + byte) for byte in tail)
        yield _piece(cut, read)


def error_handler(encoding: str) -> str:
    """Return the handler under which decoding and encoding give the same bytes back."""
    if encoding in UNREPAIRABLE:
        return "replace"
    return "surrogatepass" if encoding in WIDE else "surrogateescape"


def source_length(text: bytes, encoding: str) -> int:
    """Return how many bytes of the file this UTF-8 text was."""
    if encoding == UTF_8 and b"\xed" not in text:
        return len(text)
    characters = text.decode(UTF_8, "surrogatepass")
    return len(characters.encode(encoding, error_handler(encoding)))


def shown(text: str) -> str:
    r"""Return text as people and databases may see it: a broken byte as ``\xNN``."""
    return UNSHOWABLE.sub(spelled, text)


def spelled(match: re.Match[str]) -> str:
    """Return the one character matched by its number."""
    number = ord(match.group())
    if FIRST_ESCAPED <= number <= LAST_ESCAPED:
        return f"\\x{number - 0xDC00:02x}"
    return f"\\x{number:02x}" if number < FIRST_WIDE else f"\\u{number:04x}"


def _piece(text: str, source_end: int) -> Piece:
    try:
        return Piece(text=text.encode(), is_damaged=False, source_end=source_end)
    except UnicodeEncodeError:
        damaged = text.encode(UTF_8, "surrogatepass")
        return Piece(text=damaged, is_damaged=True, source_end=source_end)
