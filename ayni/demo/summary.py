"""What the demo prints at the end: the numbers, the first refusals, the addresses."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console

from ayni.demo.audit import ENDINGS
from ayni.demo.people import Login, Shop
from ayni.demo.terminal import print_line, printable

# Codes are at most this long; what was found follows them.
CODE_CHARS = 20
COLUMN_CHARS = 16

# What is no row, and so is in none of the numbers that add up.
APART = {
    "rows_blank": "blank lines, counted apart",
    "rows_footnotes": "totals and notes below the table, counted apart",
    "rows_headers": "times the header again, counted apart",
}


def show_numbers(console: Console, upload: Mapping[str, Any]) -> None:
    """Print the rows by what became of them, as a sum that can be checked by eye."""
    print_line(console, f"{upload['rows_read']:>11,}  rows read, of which")
    for ending in ENDINGS:
        print_line(console, f"{upload[f'rows_{ending}']:>11,}    {ending}")
    for kind, words in APART.items():
        if upload[kind]:
            print_line(console, f"{upload[kind]:>11,}  {words}")
    for remark in upload["remarks"]:
        print_line(console, f"{remark['rows']:>11,}  accepted with {remark['code']}")
    if speed := upload["rows_per_second"]:
        print_line(console, f"{speed:>11,.0f}  rows per second")
    print_line(console, f"{upload['quality_score']:>11}  quality, of 100")


def show_rejects(console: Console, rejects: Iterable[Mapping[str, Any]]) -> None:
    """Print the first refused rows: where, in which column, why, what was found."""
    print_line(console, "the first refusals:")
    for reject in rejects:
        column, found = printable(reject["column"]), printable(reject["excerpt"])
        place = f"line {reject['line']:>7,}  {column:<{COLUMN_CHARS}}"
        print_line(
            console, f"  {place} {reject['code']:<{CODE_CHARS}} {found}".rstrip()
        )


def show_addresses(console: Console, base_url: str, *, shop: Shop) -> None:
    """Print where to look and how to sign in."""
    for name, path, login in (
        ("shop", "/uploads/", _words(shop.owner)),
        ("operators", "/ops/", _words(shop.operator)),
        ("API", "/api/v1/docs/", ""),
    ):
        print_line(console, f"{name:<10} {base_url}{path}  {login}".rstrip())


def _words(login: Login) -> str:
    return f"{login.email} / {login.password}"
