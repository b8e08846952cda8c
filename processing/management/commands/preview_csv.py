"""``manage.py preview_csv``: what the pipeline understands of files, before any upload.

For people as text, for programs as JSON, one object a line and file. Files are read
where they lie; no database is asked.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from processing.limits import reading_limits
from processing.pipeline.errors import FileError
from processing.pipeline.findings import Hints
from processing.pipeline.glance import findings_of
from processing.pipeline.preview import Preview, preview

# A screen's worth; ``--limit 0`` asks for all of it.
USUAL_LIMIT = 20

Facts = Mapping[str, Any]


class Command(BaseCommand):
    """Print what was understood of each file, its records and its refused lines."""

    help = "Show what is understood of CSV files, and their records as text."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the files and the two options."""
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--json", action="store_true", help="one object a line")
        parser.add_argument(
            "--limit",
            type=int,
            default=USUAL_LIMIT,
            help="records of each file; 0 for all (default: %(default)s)",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print a file at a time, in the order given; a refused one stops no other."""
        if options["limit"] < 0:
            raise CommandError("--limit must be 0 or more")
        for name in options["files"]:
            facts = facts_of(name, limit=options["limit"])
            if options["json"]:
                self.stdout.write(json.dumps(facts))
            else:
                for line in _lines(facts):
                    self.stdout.write(line)


def facts_of(name: str, *, limit: int) -> Facts:
    """Return what is to be told of one file; ``error`` instead if it is refused."""
    hints = Hints(today=timezone.localdate())
    try:
        seen = preview(Path(name), hints, reading_limits(), records=limit)
    except FileError as exc:
        return {"file": name, "error": {"code": exc.code, "message": str(exc)}}
    except OSError:
        message = "the file does not exist or may not be read"
        return {"file": name, "error": {"code": "unreadable_file", "message": message}}
    return {
        "file": name,
        **_understood(seen),
        "detected": _detected(seen, hints),
        **_contents(seen),
    }


def _understood(seen: Preview) -> Facts:
    dialect, header = seen.structure.judgement.dialect, seen.structure.header
    sheet = seen.structure.sheet
    return {
        **({} if sheet is None else {"sheet": sheet.name}),
        "encoding": seen.structure.encoding.name,
        "delimiter": dialect.delimiter,
        "quote": dialect.quote,
        "escape": dialect.escape,
        "line_ending": dialect.line_ending,
        "header_line": header.line,
        # What the file says: names made up for columns without one are not in it.
        "header": list(header.cells),
    }


def _detected(seen: Preview, hints: Hints) -> Facts:
    """Return how surely each part was detected, 0 to 1, and why."""
    return {
        name: {"confidence": round(found.confidence, 2), "reason": found.reason}
        for name, found in findings_of(seen.structure, hints).items()
    }


def _contents(seen: Preview) -> Facts:
    return {
        "records": [list(record) for record in seen.records],
        "rejects": [
            {
                "line": reject.line,
                "byte_offset": reject.byte_offset,
                "code": reject.code,
                "excerpt": reject.excerpt,
            }
            for reject in seen.rejects
        ],
    }


def _lines(facts: Facts) -> Iterator[str]:
    """Yield the same facts for people, cells as JSON so that blanks can be seen."""
    yield f"{facts['file']}"
    if "error" in facts:
        yield f"  refused: {facts['error']['code']}: {facts['error']['message']}"
        return
    if "sheet" in facts:
        yield f"  sheet: {json.dumps(facts['sheet'], ensure_ascii=False)}"
    for name in ("encoding", "delimiter", "quote", "escape", "line_ending"):
        value = json.dumps(facts[name], ensure_ascii=False)
        yield f"  {name}: {value}{_sureness(facts, name)}"
    line = facts["header_line"] or "none"
    yield f"  header_line: {line}{_sureness(facts, 'header_line')}"
    yield f"  header: {_cells(facts['header'])}"
    for record in facts["records"]:
        yield f"  {_cells(record)}"
    for reject in facts["rejects"]:
        yield (
            f"  rejected: line {reject['line']}, byte {reject['byte_offset']}:"
            f" {reject['code']}: {reject['excerpt']}"
        )


def _sureness(facts: Facts, name: str) -> str:
    found = facts["detected"].get(name)
    return f" ({found['confidence']:.2f}: {found['reason']})" if found else ""


def _cells(cells: list[str]) -> str:
    return json.dumps(cells, ensure_ascii=False)
