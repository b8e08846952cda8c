"""An upload's progress: a bar in a terminal, a few plain lines anywhere else."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)

from ayni.demo.client import State
from ayni.demo.terminal import print_line

# Lines a log gets of one upload: enough to see it move.
PLAIN_STEP_PERCENT = 25


class Show(Protocol):
    """Something that shows one state after another."""

    def __call__(self, state: State) -> None: ...


def follow(states: Iterable[State], console: Console) -> State:
    """Show the states as they come and return the last one."""
    last: State | None = None
    with _bar(console) if console.is_terminal else _lines(console) as show:
        for state in states:
            last = state
            show(state)
    assert last is not None  # noqa: S101 - an upload has a state
    return last


@contextmanager
def _bar(console: Console) -> Iterator[Show]:
    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.description:<11}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[rows]}"),
        TimeElapsedColumn(),
        console=console,
    )
    task = progress.add_task("waiting", total=100, rows="")

    def show(state: State) -> None:
        progress.update(
            task,
            completed=state.progress_percent,
            description=state.phase,
            rows=_rows(state),
        )

    with progress:
        yield show


@contextmanager
def _lines(console: Console) -> Iterator[Show]:
    told = -PLAIN_STEP_PERCENT

    def show(state: State) -> None:
        nonlocal told
        if state.is_final or state.progress_percent >= told + PLAIN_STEP_PERCENT:
            told = state.progress_percent
            print_line(console, f"  {told:3d} %  {state.phase:<10}  {_rows(state)}")

    yield show


def _rows(state: State) -> str:
    speed = f", {state.rows_per_second:,.0f}/s" if state.rows_per_second else ""
    refused = f", {state.rows_rejected:,} refused" if state.rows_rejected else ""
    return f"{state.rows_read:,} rows{refused}{speed}" if state.rows_read else ""
