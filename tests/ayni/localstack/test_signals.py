"""A stop is felt once, and never in the middle of starting a process."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from ayni.localstack.keeper import ROOT
from ayni.localstack.signals import (
    STOP_SIGNALS,
    held_signals,
    ignored_signals,
    stopping_signals,
)


def send(number: signal.Signals) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", STOP_SIGNALS)
def test_each_stop_signal_interrupts(number: signal.Signals) -> None:
    with pytest.raises(KeyboardInterrupt), stopping_signals():
        send(number)


def test_a_held_stop_comes_when_the_block_is_through() -> None:
    passed: list[str] = []

    with pytest.raises(KeyboardInterrupt), stopping_signals():
        start_something(passed)

    assert passed == ["held"]


def start_something(passed: list[str]) -> None:
    with held_signals():
        send(signal.SIGTERM)
        passed.append("held")
    passed.append("a stop was lost")


def test_an_ignored_stop_is_forgotten() -> None:
    with stopping_signals():
        with ignored_signals():
            send(signal.SIGINT)
            send(signal.SIGTERM)
        with held_signals():
            pass


def test_handlers_are_put_back() -> None:
    before = [signal.getsignal(number) for number in STOP_SIGNALS]

    with stopping_signals():
        assert [signal.getsignal(number) for number in STOP_SIGNALS] != before

    assert [signal.getsignal(number) for number in STOP_SIGNALS] == before


PROGRAM = f"""
import sys, threading
sys.path.insert(0, {str(ROOT)!r})
from ayni.localstack.signals import stopping_signals
try:
    with stopping_signals():
        print("waiting", flush=True)
        threading.Event().wait()
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


def test_a_killed_make_takes_what_it_started_with_it(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"all:\n\t@{sys.executable} {program}\n")
    with subprocess.Popen(
        ["/usr/bin/env", "make", "--no-print-directory", "--file", str(makefile)],
        stdout=subprocess.PIPE,
        text=True,
    ) as make:
        assert make.stdout
        assert make.stdout.readline() == "waiting\n"

        make.kill()

        assert make.stdout.readline() == "stopped\n"
