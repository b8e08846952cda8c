"""``python -m tests.chaos``: faults on a real stack; 1 if anything broke."""

import argparse
import dataclasses
import json
import random
import secrets
import sys
from pathlib import Path

from rich.console import Console

from ayni.demo.terminal import print_line
from benchmarks.stage import own_stack
from tests.chaos.campaign import CASES, Verdict, run_case

REPORT = Path("build/chaos.json")
# A worker that vanished with its supervisor is missed after this; daily life has 15.
EXTRA = {"AYNI_JOBS_LEASE_SECONDS": "3"}


def main() -> int:
    options = _parser().parse_args()
    console = Console()
    print_line(console, f"seed {options.seed}")
    rng = random.Random(options.seed)
    verdicts: list[Verdict] = []
    with own_stack(say=lambda line: print_line(console, line), extra=EXTRA) as stack:
        for case in CASES:
            shorter = dataclasses.replace(
                case, rounds=max(1, round(case.rounds * options.scale))
            )
            verdicts.append(run_case(stack, shorter, rng=rng))
            _show(console, verdicts[-1])
    _write(options.out, options.seed, verdicts=verdicts)
    return 0 if all(verdict.is_passed for verdict in verdicts) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--scale", type=float, default=1.0, help="of the rounds")
    parser.add_argument("--out", type=Path, default=REPORT, metavar="FILE")
    return parser


def _show(console: Console, verdict: Verdict) -> None:
    print_line(
        console,
        f"{'passed' if verdict.is_passed else 'FAILED'}  {verdict.name}:"
        f" struck {verdict.struck} of {verdict.rounds}, {verdict.endings},"
        f" ended at most {verdict.slowest_seconds} s later",
    )
    for sentence in verdict.broken:
        print_line(console, f"  BROKEN: {sentence}", style="red")


def _write(path: Path, seed: int, *, verdicts: list[Verdict]) -> None:
    cases = [
        {**dataclasses.asdict(verdict), "is_passed": verdict.is_passed}
        for verdict in verdicts
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps({"seed": seed, "cases": cases}, indent=2)
    path.write_text(content + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
