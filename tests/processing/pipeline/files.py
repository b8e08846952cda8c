"""Files as tests write them, and what reading them gives, as plain values."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from processing.pipeline.batches import Batch, ReadOptions
from processing.pipeline.encode import STAGING_COLUMNS
from processing.pipeline.findings import Hints, Understanding
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.reader import read_batches, understand
from processing.pipeline.rejects import Reject

TODAY = dt.date(2024, 6, 15)
HEADER = "Fecha;N° Boleta;Código Producto;Cantidad;Total"
GOOD = "05-01-2024;B1;A;2;1.990,50"
_CELL = re.compile(rb'(?:"(?P<quoted>(?:[^"]|"")*)"|(?P<bare>[^,"\n]*))(?P<end>[,\n])')


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All batches of a file as one."""

    understanding: Understanding
    batches: tuple[Batch, ...]
    rows: tuple[dict[str, str | None], ...]
    rejects: tuple[Reject, ...]

    def column(self, name: str) -> list[str | None]:
        return [row[name] for row in self.rows]

    def faults(self) -> list[tuple[int, str, str]]:
        return [(reject.line, reject.column, reject.code) for reject in self.rejects]


def hints(**told: Any) -> Hints:
    return Hints(**{"today": TODAY, **told})


def stored(folder: Path, content: str | bytes, *, encoding: str = "utf-8") -> Path:
    path = folder / "sales.csv"
    path.write_bytes(
        content if isinstance(content, bytes) else content.encode(encoding)
    )
    return path


def sales(*lines: str, header: str = HEADER, ending: str = "\n") -> str:
    return ending.join((header, *lines)) + ending


def read(
    path: Path, told: Hints | None = None, *, options: ReadOptions | None = None
) -> Reading:
    understanding = understand(path, told or hints(), DEFAULT_LIMITS)
    batches = tuple(read_batches(path, understanding, options or ReadOptions()))
    return Reading(
        understanding=understanding,
        batches=batches,
        rows=tuple(row for batch in batches for row in copied(batch.copy_csv)),
        rejects=tuple(reject for batch in batches for reject in batch.rejects),
    )


def copied(copy_csv: bytes) -> Iterator[dict[str, str | None]]:
    """Yield the rows as Postgres reads them: unquoted and empty is null."""
    for cells in cut_copy(copy_csv):
        yield dict(zip(STAGING_COLUMNS, cells, strict=True))


def cut_copy(copy_csv: bytes) -> Iterator[Sequence[str | None]]:
    row: list[str | None] = []
    position = 0
    while position < len(copy_csv):
        match = _CELL.match(copy_csv, position)
        assert match is not None, copy_csv[position : position + 80]
        quoted, bare = match["quoted"], match["bare"]
        if quoted is not None:
            row.append(quoted.replace(b'""', b'"').decode())
        else:
            row.append(bare.decode() or None)
        if match["end"] == b"\n":
            yield row
            row = []
        position = match.end()
    assert not row
