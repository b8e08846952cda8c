"""The texts of a workbook, which its cells point at: packed, so that millions fit."""

import array
import itertools
import re
from collections.abc import Mapping

from processing.pipeline.bounds import Stream
from processing.pipeline.cells import one_line, text_of
from processing.pipeline.errors import FileError
from processing.pipeline.limits import Limits
from processing.pipeline.markup import Events, walk
from processing.pipeline.stretches import stretches

OFFSET_BYTES = 8


class Texts:
    """The texts of a workbook by number."""

    def __init__(self) -> None:
        self._packed = bytearray()
        self._ends = array.array("Q", (0,))

    def __getitem__(self, number: int) -> bytes:
        if number < 0:
            raise IndexError
        return bytes(self._packed[self._ends[number] : self._ends[number + 1]])

    def add(self, texts: list[bytes]) -> None:
        """Append texts in order."""
        ends = itertools.accumulate(map(len, texts), initial=len(self._packed))
        self._ends.extend(itertools.islice(ends, 1, None))
        self._packed += b"".join(texts)

    @property
    def size_bytes(self) -> int:
        """How much memory they take."""
        return len(self._packed) + OFFSET_BYTES * len(self._ends)


def read_texts(stream: Stream, limits: Limits) -> Texts:
    """Return all texts of a workbook, formatting and readings left out.

    Raises ``FileError`` if they are damaged or take more memory than they may.
    """
    texts = Texts()
    refusal = FileError("too_many_texts", limit=limits.texts_bytes)
    for stretch, prefix in stretches(
        stream,
        b"si",
        container=b"sst",
        limit_bytes=limits.line_bytes,
        too_long=lambda: refusal,
    ):
        texts.add(_texts_of(stretch, prefix))
        if texts.size_bytes > limits.texts_bytes:
            raise refusal
    return texts


def _texts_of(stretch: bytes, prefix: bytes) -> list[bytes]:
    found = _plain(prefix).findall(stretch)
    if found and found[-1][1]:
        reader = _TextEvents()
        walk(stretch, reader)
        return reader.texts
    return [text_of(text) for text, _ in found]


_PATTERNS: dict[bytes, re.Pattern[bytes]] = {}


def _plain(prefix: bytes) -> re.Pattern[bytes]:
    # What is not plain is taken to the end, so that a hostile one is one match.
    if prefix not in _PATTERNS:
        name = re.escape(prefix)
        _PATTERNS[prefix] = re.compile(
            rb'<%bsi><%bt(?: xml:space="preserve")?>([^<]*)</%bt></%bsi>|(\S.*)'
            % (name, name, name, name),
            re.DOTALL,
        )
    return _PATTERNS[prefix]


class _TextEvents(Events):
    """Gathers each text of rich ones, without the readings of their letters."""

    def __init__(self) -> None:
        self.texts: list[bytes] = []
        self._parts: list[str] = []
        self._is_text = self._is_reading = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self._parts = []
        self._is_reading = self._is_reading or name == "rPh"
        self._is_text = name == "t" and not self._is_reading

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "rPh":
            self._is_reading = False
        if name == "si":
            self.texts.append(one_line("".join(self._parts).encode()))

    def text(self, text: str) -> None:
        if self._is_text:
            self._parts.append(text)
