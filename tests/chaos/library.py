"""Files to send, and what becomes of them where nothing is disturbed.

Each is landed once in calm, by a company of its own: what it leaves there is what it
must leave anywhere (I5).
"""

import dataclasses
import hashlib
import threading
from pathlib import Path

from ayni.sales.files import Plan, write_sales
from ayni.sales.oracle import Oracle
from tests.flows.client import Shop

DIRTY = 0.02
# Surveyed first; landed by a guess (longer than 2 MB); and read in several blocks.
ROWS = (4_000, 20_000, 2_000, 80_000, 3_000)
CALM_SECONDS = 120.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """A file, the truth about it, and the upload that landed it in calm, if one did."""

    path: Path
    oracle: Oracle
    calm_upload_id: str = ""

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


class Library:
    """Files by number, made when first asked for. May be used from several threads."""

    def __init__(self, folder: Path, *, calm: Shop) -> None:
        folder.mkdir(exist_ok=True)
        self._folder = folder
        self._calm = calm
        self._files: dict[tuple[int, int], Sales] = {}
        self._busy = threading.Lock()

    @property
    def calm(self) -> Shop:
        """Return the company that lives in calm."""
        return self._calm

    def file(self, number: int, *, rows: int = 0) -> Sales:
        """Return a file that shares no key with those of other numbers.

        Of some usual length if none is asked for. Make it while nothing is disturbed.
        """
        rows = rows or ROWS[number % len(ROWS)]
        with self._busy:
            if (number, rows) not in self._files:
                self._files[number, rows] = self._land(number, rows)
            return self._files[number, rows]

    def loose_file(self, number: int, *, rows: int) -> Sales:
        """Return a file that nobody has landed: for while there is no calm."""
        return self._write(number, rows)

    def _write(self, number: int, rows: int) -> Sales:
        # Files of different seeds share no key; one of each length stays apart, too.
        seed = number * 1_000_000 + rows
        path = self._folder / f"ventas-{seed}.csv"
        oracle = write_sales(path, Plan(rows=rows, seed=seed, dirty=DIRTY))
        return Sales(path=path, oracle=oracle)

    def _land(self, number: int, rows: int) -> Sales:
        sales = self._write(number, rows)
        upload_id = str(self._calm.upload(sales.path, quality_threshold=0)["id"])
        self._calm.reach(upload_id, {"completed"}, seconds=CALM_SECONDS)
        return dataclasses.replace(sales, calm_upload_id=upload_id)
