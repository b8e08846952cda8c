"""What the demo prints at the end: the numbers, the first refusals, the addresses."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ayni.demo.audit import ENDINGS
from ayni.demo.people import Shop


def show_numbers(console: Console, upload: Mapping[str, Any]) -> None:
    """Print the rows by what became of them, as a sum that can be checked by eye."""
    table = Table(box=None, show_header=False, padding=(0, 1))
    table.add_column(justify="right")
    table.add_column()
    table.add_row(f"{upload['rows_read']:,}", "rows read, of which")
    for ending in ENDINGS:
        table.add_row(f"{upload[f'rows_{ending}']:,}", ending)
    if speed := upload["rows_per_second"]:
        table.add_row(f"{speed:,.0f}", "rows per second")
    table.add_row(str(upload["quality_score"]), "quality, of 100")
    console.print(table)


def show_rejects(console: Console, rejects: Iterable[Mapping[str, Any]]) -> None:
    """Print the first refused rows: where, in which column, why and what stood there."""
    table = Table(box=None, padding=(0, 1))
    table.add_column("line", justify="right")
    for heading in ("column", "refused because", "found"):
        table.add_column(heading)
    for reject in rejects:
        table.add_row(
            str(reject["line"]),
            escape(reject["column"]),
            reject["code"],
            escape(repr(reject["excerpt"])),
        )
    console.print(table)


def show_addresses(console: Console, base_url: str, *, shop: Shop) -> None:
    """Print where to look and how to sign in."""
    table = Table(box=None, show_header=False, padding=(0, 1))
    owner, operator = shop.owner, shop.operator
    table.add_row("shop", f"{base_url}/uploads/", f"{owner.email}  {owner.password}")
    table.add_row("operator", f"{base_url}/ops/", _credentials(operator))
    table.add_row("API", f"{base_url}/api/v1/docs/", "")
    console.print(table)


def _credentials(login: Any) -> str:
    return f"{login.email}  {login.password}"
