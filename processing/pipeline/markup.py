"""Small XML documents of a workbook, and fragments of large ones, as plain elements.

Nothing is ever expanded: a document that declares a type or an entity is refused, and
a fragment has no place where it could declare one. So no text is longer than its file.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import BinaryIO
from xml.parsers import expat

from processing.pipeline.archives import damage_told
from processing.pipeline.errors import FileError

WORKBOOK = "a workbook"
# Styles of workbooks in use for years reach some megabytes; the other parts do not.
PART_BYTES = 32 << 20
READ_BYTES = 1 << 16
# Elements of a part become objects: at twenty bytes each, a part's worth would be
# gigabytes. Sixty thousand formats and as many sheets are Excel's own bounds.
MOST_ELEMENTS = 400_000
# Nothing in a workbook is nested deeper; nesting is what breaks parsers.
MOST_LEVELS = 64


@dataclasses.dataclass(frozen=True, slots=True)
class Element:
    """The start of an element: its name without a prefix, its level from 0."""

    name: str
    level: int
    attributes: Mapping[str, str]


def elements_of(stream: BinaryIO) -> Iterator[Element]:
    """Yield the elements of a part in order. Raises ``FileError`` if it is damaged."""
    starts: list[Element] = []
    events = _Starts(starts)
    parser = _parser()
    parser.StartElementHandler = events.start
    parser.EndElementHandler = events.end
    taken = 0
    while block := _block(stream):
        taken += len(block)
        if taken > PART_BYTES or events.count > MOST_ELEMENTS:
            raise FileError("damaged_file", found=WORKBOOK)
        _feed(parser, block)
        yield from starts
        starts.clear()
    _feed(parser, b"", is_final=True)
    yield from starts


def walk(fragment: bytes, events: "Events") -> None:
    """Tell ``events`` what stands in a run of whole elements."""
    parser = _parser()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: events.start(
        local(name), {local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: events.end(local(name))
    parser.CharacterDataHandler = events.text
    # An element around them makes a document of several.
    _feed(parser, b"<fragment>")
    _feed(parser, fragment)
    _feed(parser, b"</fragment>", is_final=True)


class Events:
    """What ``walk`` tells; names are without a prefix."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def text(self, text: str) -> None:
        """Take a stretch of text, entities and CDATA already resolved."""


class _Starts:
    def __init__(self, starts: list[Element]) -> None:
        self._starts, self._level, self.count = starts, 0, 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._level > MOST_LEVELS:
            raise FileError("damaged_file", found=WORKBOOK)
        plain = {local(key): value for key, value in attributes.items()}
        self._starts.append(Element(local(name), self._level, plain))
        self._level += 1
        self.count += 1

    def end(self, _name: str) -> None:
        self._level -= 1


def local(name: str) -> str:
    """Return a name without its prefix: writers choose their own."""
    return name.rpartition(":")[2]


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    return parser


def _refuse(*_: object) -> None:
    raise FileError("damaged_file", found=WORKBOOK)


def _feed(parser: expat.XMLParserType, block: bytes, *, is_final: bool = False) -> None:
    try:
        parser.Parse(block, is_final)
    except expat.ExpatError as exc:
        raise FileError("damaged_file", found=WORKBOOK) from exc


def _block(stream: BinaryIO) -> bytes:
    with damage_told(WORKBOOK):
        return stream.read(READ_BYTES)
