"""``manage.py render_rejects``: the catalogue of refusals as a page for people.

The page is made from the catalogue, so that the two cannot tell different stories;
``docs/rejects.md`` is what this prints.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand

from processing.pipeline.rejects import CODES, CodeEntry, Severity

# The examples are records under these headers.
HEADER = "fecha;boleta;sku;cantidad;total"
REMARKED_HEADER = f"{HEADER};precio unitario"
BEGINNING = f"""\
# Why a row is refused

`python manage.py render_rejects` makes this page from the catalogue in
`processing/pipeline/rejects.py`. Codes never change: build on them. The texts may.

A refused row does not land. It is reported with its line in the file, its column, one
of these codes and an excerpt of at most 64 characters, over the API
(`GET .../uploads/{{id}}/rejects/`), on the page of the upload and as a CSV with the
original columns (`.../rejects.csv`) that can be mended and sent again. A row with a
remark lands: how many have it and on which lines the first ones stand is told with the
upload (`remarks` in the API) and on its page. Blank lines, totals and notes below the
table and the header where it stands again are neither sales nor refused, and counted
apart.

The examples are records of a file that begins with `{HEADER}`.
"""

Column = Callable[[str, CodeEntry], str]
ENGLISH: dict[str, Column] = {
    "code": lambda code, _: f"`{code}`",
    "meaning": lambda _, entry: entry.english,
    "example": lambda _, entry: f"`{entry.example}`",
    "what to do": lambda _, entry: entry.advice_english,
}
SPANISH: dict[str, Column] = {
    "código": lambda code, _: f"`{code}`",
    "qué significa": lambda _, entry: entry.spanish,
    "qué hacer": lambda _, entry: entry.advice_spanish,
}


class Command(BaseCommand):
    """Print the page."""

    help = "Print the catalogue of refusals as the page docs/rejects.md."
    requires_system_checks = ()

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print it to standard output."""
        self.stdout.write(render(), ending="")


def render() -> str:
    """Return the whole page as Markdown."""
    refusals = _entries(Severity.REJECT)
    remarks = _entries(Severity.WARNING)
    parts = (
        BEGINNING,
        "## Refused: severity `reject`\n",
        _table(ENGLISH, refusals),
        "## Landed with a remark: severity `warning`\n",
        f"The file of these examples begins with `{REMARKED_HEADER}`.\n",
        _table(ENGLISH, remarks),
        "## En español\n",
        _table(SPANISH, [*refusals, *remarks]),
    )
    return "\n".join(parts)


def _entries(severity: Severity) -> list[tuple[str, CodeEntry]]:
    return [(c, entry) for c, entry in CODES.items() if entry.severity is severity]


def _table(columns: dict[str, Column], entries: Iterable[tuple[str, CodeEntry]]) -> str:
    return "".join(f"{line}\n" for line in _lines(columns, entries))


def _lines(
    columns: dict[str, Column], entries: Iterable[tuple[str, CodeEntry]]
) -> Iterator[str]:
    yield _line(columns)
    yield _line("---" for _ in columns)
    for code, entry in entries:
        yield _line(write(code, entry) for write in columns.values())


def _line(cells: Iterable[str]) -> str:
    """Return a line of a table; a bar inside a cell would begin another one."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"
