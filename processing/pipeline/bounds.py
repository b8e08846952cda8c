"""Streams that refuse to give more than a file may have, however it unpacks."""

from typing import BinaryIO, Protocol

from processing.pipeline.archives import damage_told
from processing.pipeline.errors import FileError
from processing.pipeline.limits import Limits

# Little text may be as repetitive as it likes: a ratio says something only about much.
# A bomb passes this in a fraction of a second.
RATIO_FREE_BYTES = 64 << 20


class Stream(Protocol):
    """Whatever can be read in pieces."""

    def read(self, size: int, /) -> bytes: ...


class Bounds:
    """What one file may come to, seen from the packed bytes on disk."""

    def __init__(self, packed: BinaryIO, limits: Limits) -> None:
        self._packed = packed
        self.limits = limits

    def check(self, taken_bytes: int) -> None:
        """Raise ``FileError`` if so many bytes are too many for what was read."""
        if taken_bytes > self.limits.total_bytes:
            raise FileError("too_many_bytes", limit=self.limits.total_bytes)
        if taken_bytes <= RATIO_FREE_BYTES:
            return
        if taken_bytes > self.limits.ratio * max(self._packed.tell(), 1):
            raise FileError("unpacks_too_far", limit=self.limits.ratio)


class Source:
    """The text of a file as bytes, which can be read in pieces and nothing else.

    ``sheet`` is the name of the workbook's sheet it comes from, else empty, and
    ``sheets`` are the names of all that can be seen in it.
    """

    def __init__(
        self,
        stream: Stream,
        bounds: Bounds,
        *,
        head: bytes,
        found: str,
        sheet: str = "",
    ) -> None:
        self._stream, self._bounds, self._found = stream, bounds, found
        self._head = head
        self._taken_bytes = 0
        self.sheet = sheet
        self.sheets: tuple[str, ...] = ()

    def read(self, size: int) -> bytes:
        """Return the next bytes, at most ``size``; none at the end."""
        taken, self._head = self._head[:size], self._head[size:]
        if len(taken) < size:
            with damage_told(self._found):
                taken += self._stream.read(size - len(taken))
        self._taken_bytes += len(taken)
        self._bounds.check(self._taken_bytes)
        return taken
