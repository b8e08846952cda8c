"""A large part of a workbook as stretches of whole elements, a megabyte at a time."""

import re
from collections.abc import Callable, Iterator

from processing.pipeline.bounds import Stream
from processing.pipeline.errors import FileError
from processing.pipeline.markup import WORKBOOK

READ_BYTES = 1 << 20
# Where the container begins: other elements come first, but not many.
HEAD_BYTES = 8 << 20
# What markup adds to the text of a row.
MARKUP_BYTES = 2 << 20
WIDE = (b"\xff\xfe", b"\xfe\xff")
FORBIDDEN = re.compile(rb"<!DOCTYPE|<!ENTITY|\x1f")


def stretches(
    stream: Stream,
    name: bytes,
    *,
    container: bytes,
    limit_bytes: int,
    too_long: Callable[[], FileError],
) -> Iterator[tuple[bytes, bytes]]:
    """Yield runs of whole elements called ``name`` and the prefix of their names.

    Together they are all that stands in the container. Raises what ``too_long`` gives
    if an element has more than ``limit_bytes``, and ``FileError`` for a damaged part.
    """
    buffer, opening = _opened(stream, container)
    if opening is None:
        return
    prefix = opening["prefix"]
    end, close = b"</" + prefix + name + b">", b"</" + prefix + container + b">"
    while True:
        block = stream.read(READ_BYTES)
        buffer += block
        _refuse(buffer[-len(block) - len(b"<!DOCTYPE") :] if block else b"")
        # The container's end is looked for only where the elements have ended.
        cut = buffer.rfind(end) + len(end) if end in buffer else 0
        rest = buffer[cut:]
        closing = rest.find(close)
        if closing >= 0:
            # Elements without content have no end of their own.
            yield buffer[:cut] + rest[:closing], prefix
            return
        if not block:
            raise FileError("damaged_file", found=WORKBOOK)
        if cut:
            yield buffer[:cut], prefix
        buffer = rest
        if len(buffer) > limit_bytes + MARKUP_BYTES:
            raise too_long()


def _opened(stream: Stream, container: bytes) -> tuple[bytes, re.Match[bytes] | None]:
    """Return what follows the container's start, and how it starts, if it does."""
    start = re.compile(
        rb"<(?P<prefix>(?:[A-Za-z_][\w.-]*:)?)%b(?:\s[^<>]*?)?(?P<empty>/?)>"
        % re.escape(container)
    )
    head = b""
    while block := stream.read(READ_BYTES):
        head += block
        if head.startswith(WIDE):
            raise FileError("damaged_file", found=WORKBOOK)
        match = start.search(head)
        if match:
            _refuse(head[: match.end()])
            rest = head[match.end() :]
            _refuse(rest)
            return (b"", None) if match["empty"] else (rest, match)
        if len(head) > HEAD_BYTES:
            raise FileError("damaged_file", found=WORKBOOK)
    return b"", None


def _refuse(text: bytes) -> None:
    if FORBIDDEN.search(text):
        raise FileError("damaged_file", found=WORKBOOK)
