"""Signals that ask us to stop, never felt in the middle of starting a process."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType

import psutil

# SIGHUP: the terminal was closed.
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Started by one of these we are a command, not a service: we end when it does.
MAKES = {"make", "gmake"}
LOOK_EVERY_SECONDS = 0.5


class _Switch:
    """Whether a stop may be raised now, and whether one is waiting."""

    held = 0
    waiting = False


@contextlib.contextmanager
def stopping_signals() -> Iterator[None]:
    """Raise ``KeyboardInterrupt`` in the main thread for each signal that says stop.

    A killed ``make`` that started us counts as one. Restores what was there before. For
    the main thread only.
    """
    before = {number: signal.signal(number, _receive) for number in STOP_SIGNALS}
    _Switch.waiting = False
    is_over = threading.Event()
    _end_with_make(is_over)
    try:
        yield
    finally:
        is_over.set()
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def held_signals() -> Iterator[None]:
    """Put a stop off until the block is through; harmless in other threads."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _Switch.held += 1
    try:
        yield
    finally:
        _Switch.held -= 1
    _raise_if_due()


@contextlib.contextmanager
def ignored_signals() -> Iterator[None]:
    """Let nothing interrupt the block; what arrives meanwhile is forgotten."""
    _Switch.held += 1
    try:
        yield
    finally:
        _Switch.held -= 1
        _Switch.waiting = False


def _end_with_make(is_over: threading.Event) -> None:
    """Pass on as a signal what a killed ``make`` cannot send any more."""
    parent = os.getppid()
    if psutil.Process(parent).name() not in MAKES:
        return

    def watch() -> None:
        while not is_over.wait(LOOK_EVERY_SECONDS):
            if os.getppid() != parent:
                os.kill(os.getpid(), signal.SIGTERM)
                return

    threading.Thread(target=watch, name="make-watch", daemon=True).start()


def _receive(_number: int, _frame: FrameType | None) -> None:
    _Switch.waiting = True
    _raise_if_due()


def _raise_if_due() -> None:
    if _Switch.waiting and not _Switch.held:
        _Switch.waiting = False
        raise KeyboardInterrupt
