"""``python -m tests.chaos``: faults on a real stack; 1 if anything broke."""

import argparse
import contextlib
import importlib
import itertools
import random
import secrets
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console

from ayni.demo.terminal import print_line
from ayni.localstack.stack import Stack, say_nothing
from benchmarks.stage import Staffing, own_stack
from tests.chaos.campaign import Case, run_case
from tests.chaos.database import Line
from tests.chaos.ground import Stage
from tests.chaos.leftovers import at_rest
from tests.chaos.library import Library
from tests.chaos.operators import new_operator
from tests.chaos.proxy import Proxy
from tests.chaos.verdicts import Verdict, write_report
from tests.flows.client import open_shop

REPORT = Path("build/chaos.json")
# A worker that vanished with its supervisor is missed after this; daily life has 15.
LEASE_SECONDS = 3.0
# While one process is started again two others go on; a thread each, since every thread
# has a child that is started with it.
STAFFING = Staffing(processes=3, threads=1)
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "tests.chaos.inside.settings",
    "AYNI_JOBS_ACTORS": "processing.actors,tests.chaos.inside.poison",
    "AYNI_JOBS_LEASE_SECONDS": str(LEASE_SECONDS),
    # Processes are killed all the time; a spare with each would be most of the work.
    "AYNI_JOBS_SPARE_CHILD": "false",
}


def main() -> int:
    options = _parser().parse_args()
    console = Console()
    print_line(console, f"seed {options.seed}")
    verdicts: list[Verdict] = []
    with Proxy() as channels:
        environment = {**ENVIRONMENT, "CHAOS_CHANNELS_PORT": str(channels.port)}
        with (
            own_stack(
                say=lambda line: print_line(console, line),
                extra=environment,
                staffing=STAFFING,
            ) as stack,
            _reported(options, verdicts),
            _logs_kept(stack, options.out, verdicts),
            _stage(stack, channels, seed=options.seed) as stage,
        ):
            for verdict in _run(stage, options, environment):
                _show(console, verdict)
                verdicts.append(verdict)
    return 0 if all(verdict.is_passed for verdict in verdicts) else 1


@contextlib.contextmanager
def _reported(options: argparse.Namespace, verdicts: list[Verdict]) -> Iterator[None]:
    """Write what was found, also if a case breaks off: an hour's work is not lost."""
    try:
        yield
    finally:
        write_report(options.out, seed=options.seed, verdicts=verdicts)


@contextlib.contextmanager
def _logs_kept(stack: Stack, out: Path, verdicts: list[Verdict]) -> Iterator[None]:
    """Keep what the processes said beside the report, unless all went well."""
    is_over = False
    try:
        yield
        is_over = True
    finally:
        if not is_over or not all(verdict.is_passed for verdict in verdicts):
            logs = out.with_suffix(".logs")
            shutil.copytree(stack.folder / "log", logs, dirs_exist_ok=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument("--scale", type=float, default=1.0, help="of the rounds")
    parser.add_argument(
        "--gate", action="store_true", help="only what a change must pass"
    )
    parser.add_argument(
        "--only",
        type=lambda text: tuple(text.split(",")),
        default=("",),
        help="cases whose names begin like one of these, comma separated",
    )
    parser.add_argument("--out", type=Path, default=REPORT, metavar="FILE")
    return parser


@contextlib.contextmanager
def _stage(stack: Stack, channels: Proxy, *, seed: int) -> Iterator[Stage]:
    channels.lead_to(urlsplit(stack.redis_url).port or 0)
    calm = open_shop(stack.base_url, stack.database_url, counts=False)
    with contextlib.closing(Line(stack.database_url)) as database:
        yield Stage(
            stack=stack,
            database=database,
            library=Library(stack.folder / "sales", calm=calm),
            rng=random.Random(seed),
            channels=channels,
            operator=new_operator(stack.base_url, stack.database_url),
            lease_seconds=LEASE_SECONDS,
        )


def _run(
    stage: Stage, options: argparse.Namespace, environment: Mapping[str, str]
) -> Iterator[Verdict]:
    # Models can be imported only now that Django knows its database.
    cases = importlib.import_module("tests.chaos.cases").CASES
    rest = at_rest(stage)
    asked = list(_asked_for(cases, options))
    for (case, rounds), following in itertools.zip_longest(asked, asked[1:]):
        # Coming to rest takes seconds: once for all kinds of a fault.
        is_last = following is None or following[0].code != case.code
        yield run_case(stage, case, rounds=rounds, rest=rest if is_last else None)
    selftest = importlib.import_module("tests.chaos.selftest")
    for mistake in selftest.MISTAKES:
        if mistake.name.startswith(options.only) and not options.gate:
            yield selftest.find_mistake(
                stage, mistake, environment=environment, say=say_nothing
            )


def _asked_for(
    cases: Sequence[Case], options: argparse.Namespace
) -> Iterator[tuple[Case, int]]:
    for case in cases:
        rounds = case.gate_rounds if options.gate else case.rounds
        if rounds and case.name.startswith(options.only):
            yield case, max(1, round(rounds * options.scale))


def _show(console: Console, verdict: Verdict) -> None:
    recovery = verdict.recovery
    went_on = f", went on within {recovery.most} s" if recovery else ""
    figures = "".join(f", {it} {name}" for name, it in verdict.figures.items())
    print_line(
        console,
        f"{'passed' if verdict.is_passed else 'FAILED'}  {verdict.name}: struck"
        f" {verdict.struck} of {verdict.rounds}, {verdict.endings}{went_on}{figures}"
        f" ({verdict.seconds} s)",
    )
    for sentence in verdict.broken:
        print_line(console, f"  BROKEN: {sentence}", style="red")


if __name__ == "__main__":
    sys.exit(main())
