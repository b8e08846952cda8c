"""Sales files for the flows, with what the generator knows about them."""

import json
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.core.management import call_command


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """A file and its oracle: what must land and what must be refused."""

    path: Path
    good_rows: int
    quantity: Decimal
    price_total: Decimal
    rejects: set[tuple[int, str]]


def write_sales(folder: Path, *, rows: int, seed: int, dirty: float) -> Sales:
    """Generate a file in ``folder`` and return it with its oracle."""
    path = folder / f"ventas-{seed}-{rows}.csv"
    call_command(
        "generate_sales",
        rows=rows,
        seed=seed,
        dirty=dirty,
        out=str(path),
        verbosity=0,
    )
    oracle = json.loads(Path(f"{path}.oracle.json").read_text(encoding="utf-8"))
    return Sales(
        path=path,
        good_rows=oracle["good_rows"],
        quantity=Decimal(oracle["totals"]["quantity"]),
        price_total=Decimal(oracle["totals"]["price_total"]),
        rejects={(entry["line"], entry["code"]) for entry in oracle["rejects"]},
    )
