"""``python -m benchmarks [landing|reading|jobs]``: the report; 1 if a bar is missed.

The report is written to ``build/bench.json``, ``build/bench-reading.json`` or
``build/bench-jobs.json`` as well.
"""

import argparse
import importlib
import sys
from pathlib import Path

from rich.console import Console

from benchmarks import report
from benchmarks.stage import own_stack

LANDING, READING, JOBS = "landing", "reading", "jobs"
REPORTS = {
    LANDING: Path("build/bench.json"),
    READING: Path("build/bench-reading.json"),
    JOBS: Path("build/bench-jobs.json"),
}


def main() -> int:
    options = _parser().parse_args()
    runs = {LANDING: _land, READING: _read, JOBS: _race}
    is_met = runs[options.what](
        options, options.out or REPORTS[options.what], Console()
    )
    return 0 if is_met else 1


def _land(options: argparse.Namespace, out: Path, console: Console) -> bool:
    with own_stack(say=console.print) as stack:
        # Models can be imported only now that Django knows its database.
        contest = importlib.import_module("benchmarks.contest")
        measured = contest.measure(
            stack,
            contest.Course(rows=options.rows, pairs=options.pairs, dirty=options.dirty),
            say=console.print,
        )
    report.write_json(out, report.content_of(measured))
    return report.show(
        console, report.lines_of(measured), title=report.title_of(measured)
    )


def _read(options: argparse.Namespace, out: Path, console: Console) -> bool:
    # Landing does not need them, and the reading of a file needs no stack.
    contest = importlib.import_module("benchmarks.reading.contest")
    reading = importlib.import_module("benchmarks.reading.report")
    measured = contest.measure(
        rows=options.rows, rounds=options.pairs, say=console.print
    )
    report.write_json(out, reading.content_of(measured))
    return report.show(
        console,
        reading.lines_of(measured),
        title=f"files of {options.rows:,} rows, {options.pairs} rounds",
    )


def _race(options: argparse.Namespace, out: Path, console: Console) -> bool:
    with own_stack(say=console.print) as stack:
        contest = importlib.import_module("benchmarks.jobs.contest")
        jobs = importlib.import_module("benchmarks.jobs.report")
        size = contest.Size(finished=options.rows, waiting=options.waiting)
        course = contest.JobsCourse(rounds=options.pairs, size=size)
        measured = contest.measure(stack, course, say=console.print)
    report.write_json(out, jobs.content_of(measured))
    title = f"jobs, {options.pairs} rounds"
    return report.show(console, jobs.lines_of(measured), title=title)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "what", nargs="?", choices=tuple(REPORTS), default=LANDING, metavar="WHAT"
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument(
        "--pairs", type=int, default=3, help="pairs of landings, or rounds of readings"
    )
    parser.add_argument("--waiting", type=int, default=10_000, help="jobs")
    parser.add_argument("--dirty", type=float, default=0.0, help="share, 0 to 1")
    parser.add_argument("--out", type=Path, metavar="FILE")
    return parser


if __name__ == "__main__":
    sys.exit(main())
