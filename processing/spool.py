"""Refused rows kept aside in a file until it is known in which transaction they end."""

import json
import tempfile
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from processing.pipeline.rejects import Reject

# A usual file has fewer refused rows than fill this; they never touch the disk.
BYTES_IN_MEMORY = 1 << 20


class RejectSpool:
    """Refused rows, a line of JSON each. The file is nameless and ends with the block.

    What was spooled can be read any number of times, but only after the last ``add``.
    """

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - __exit__ closes it
            BYTES_IN_MEMORY, "w+", encoding="utf-8", newline="\n"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._file.close()

    def add(self, rejects: Iterable[Reject]) -> None:
        # ASCII, so that any text survives, a lone surrogate too.
        self._file.writelines(json.dumps(_values(r)) + "\n" for r in rejects)

    def __iter__(self) -> Iterator[Reject]:
        self._file.seek(0)
        for line in self._file:
            yield _reject(line)


def _values(reject: Reject) -> tuple[object, ...]:
    return (
        reject.line,
        reject.record,
        reject.byte_offset,
        reject.column,
        reject.code,
        reject.excerpt,
        reject.raw,
    )


def _reject(text: str) -> Reject:
    line, record, byte_offset, column, code, excerpt, raw = json.loads(text)
    return Reject(
        line=line,
        record=record,
        byte_offset=byte_offset,
        column=column,
        code=code,
        excerpt=excerpt,
        raw=tuple(raw),
    )
