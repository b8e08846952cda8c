"""``python -m benchmarks``: the report, ``build/bench.json``; 1 if a bar is missed."""

import argparse
import importlib
import sys
from pathlib import Path

from rich.console import Console

from benchmarks.stage import own_stack

REPORT = Path("build/bench.json")


def main() -> int:
    options = _parser().parse_args()
    console = Console()
    with own_stack(say=console.print) as stack:
        # Models can be imported only now that Django knows its database.
        contest = importlib.import_module("benchmarks.contest")
        measured = contest.measure(
            stack,
            contest.Course(rows=options.rows, pairs=options.pairs, dirty=options.dirty),
            say=console.print,
        )
        report = importlib.import_module("benchmarks.report")
        report.write_json(options.out, measured)
        return 0 if report.show(console, measured) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--dirty", type=float, default=0.0, help="share, 0 to 1")
    parser.add_argument("--out", type=Path, default=REPORT, metavar="FILE")
    return parser


if __name__ == "__main__":
    sys.exit(main())
