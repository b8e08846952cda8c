"""The files that are read: the same sales, written in ways that cost more and more."""

import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ayni.sales.damage import ENCODING, break_line
from ayni.sales.files import LINE_END, Plan, write_sales
from ayni.sales.oddities import DESCRIPTION
from ayni.sales.receipts import HEADER, receipt_lines

SEED = 7
BROKEN_SHARE = 0.01
REGULAR = "regular"
COPY_BYTES = 8 << 20

Rewrite = Callable[[str], bytes]


def write_files(folder: Path, *, rows: int) -> Mapping[str, Path]:
    """Write every kind of file with so many rows; return them by name."""
    paths = {name: folder / f"{number}.csv" for number, name in enumerate(_KINDS)}
    for name, path in paths.items():
        _KINDS[name](path, rows)
    return paths


def repeat(path: Path, *, times: int) -> Path:
    """Write a file with the records of another so many times over."""
    longer = path.with_suffix(".long.csv")
    with path.open("rb") as file, longer.open("wb") as out:
        out.write(file.readline())
        begins = file.tell()
        for _ in range(times):
            file.seek(begins)
            while block := file.read(COPY_BYTES):
                out.write(block)
    return longer


def _regular(path: Path, rows: int) -> None:
    write_sales(path, Plan(rows=rows, seed=SEED))


def _broken(path: Path, rows: int) -> None:
    write_sales(path, Plan(rows=rows, seed=SEED, dirty=BROKEN_SHARE))


def _rewritten(rewrite: Rewrite) -> Callable[[Path, int], None]:
    def write(path: Path, rows: int) -> None:
        with path.open("wb") as file:
            file.writelines(_lines(rows, rewrite))

    return write


def _lines(rows: int, rewrite: Rewrite) -> Iterator[bytes]:
    end = LINE_END.encode()
    yield HEADER.encode(ENCODING) + end
    for line, _ in receipt_lines(rows, seed=SEED):
        yield rewrite(line) + end


def _describing(text: str) -> Rewrite:
    """Return how a line is written whose description is put into ``text``."""

    def rewrite(line: str) -> bytes:
        cells = line.split(";")
        cells[DESCRIPTION] = text.format(cells[DESCRIPTION])
        return ";".join(cells).encode(ENCODING)

    return rewrite


def _breaking(rewrite: Rewrite) -> Rewrite:
    """Return the same with some lines broken instead."""
    rng = random.Random(SEED)  # noqa: S311 - repeatable, not secret

    def rewrite_or_break(line: str) -> bytes:
        if rng.random() < BROKEN_SHARE:
            return break_line(line, rng=rng)[0]
        return rewrite(line)

    return rewrite_or_break


_NEWLINES = _describing('"{}\r\nsegunda línea"')
_KINDS: Mapping[str, Callable[[Path, int], None]] = {
    REGULAR: _regular,
    "1 % broken": _broken,
    "quoted newlines": _rewritten(_NEWLINES),
    "quoted newlines, 1 % broken": _rewritten(_breaking(_NEWLINES)),
    "quoted delimiters and marks": _rewritten(_describing('"{}; ""especial"""')),
    "marks astray": _rewritten(_describing('{} 1/2" largo')),
}
