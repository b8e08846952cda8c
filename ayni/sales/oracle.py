"""What is true of a generated file: its bad lines, and what the others add up to."""

import dataclasses
import json
from decimal import Decimal
from pathlib import Path

from ayni.sales.catalogue import UNITS


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BadLine:
    """A line that must be refused. ``line`` is physical and starts at 1."""

    line: int
    code: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Oracle:
    """The truth about a file. The totals are of its good rows, and exact."""

    rows: int
    good_rows: int
    quantity: Decimal
    price_total: Decimal
    rejects: tuple[BadLine, ...]


def exact(units: int) -> Decimal:
    """Return a number of ten-thousandths as an exact decimal."""
    return Decimal(units) / UNITS


def oracle_path(sales: Path) -> Path:
    """Return where the truth about a file lies: beside it."""
    return sales.with_name(f"{sales.name}.oracle.json")


def write_oracle(sales: Path, oracle: Oracle) -> None:
    """Write the truth about a file beside it."""
    content = {
        "rows": oracle.rows,
        "good_rows": oracle.good_rows,
        "totals": {
            "quantity": str(oracle.quantity),
            "price_total": str(oracle.price_total),
        },
        "rejects": [dataclasses.asdict(bad) for bad in oracle.rejects],
    }
    oracle_path(sales).write_text(json.dumps(content) + "\n", encoding="utf-8")


def read_oracle(sales: Path) -> Oracle:
    """Read the truth about a file from beside it."""
    content = json.loads(oracle_path(sales).read_text(encoding="utf-8"))
    totals = content["totals"]
    return Oracle(
        rows=content["rows"],
        good_rows=content["good_rows"],
        quantity=Decimal(totals["quantity"]),
        price_total=Decimal(totals["price_total"]),
        rejects=tuple(BadLine(**bad) for bad in content["rejects"]),
    )
