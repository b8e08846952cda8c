import dataclasses
import io

from rich.console import Console

from ayni.demo.client import State
from ayni.demo.progress import follow

START = State(
    sequence=1,
    status="pending",
    phase="waiting",
    progress_percent=0,
    rows_read=0,
    rows_accepted=0,
    rows_rejected=0,
    rows_per_second=None,
)
END = dataclasses.replace(
    START,
    sequence=9,
    status="completed",
    phase="finished",
    progress_percent=100,
    rows_read=1_500,
    rows_rejected=3,
)


def test_a_log_gets_a_few_plain_lines() -> None:
    log = io.StringIO()
    steps = [dataclasses.replace(START, progress_percent=n) for n in range(0, 100, 2)]

    last = follow([*steps, END], Console(file=log, width=200))

    lines = log.getvalue().splitlines()
    assert last == END
    assert len(lines) == 5
    assert "1,500 rows, 3 refused" in lines[-1]


def test_a_terminal_gets_a_bar() -> None:
    terminal = io.StringIO()

    last = follow([START, END], Console(file=terminal, width=100, force_terminal=True))

    assert last == END
    assert "100%" in terminal.getvalue()
