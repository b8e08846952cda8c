"""How a process and everything it started comes to its end."""

import contextlib
import os
import signal
from pathlib import Path

import psutil

from ayni.localstack.waiting import wait_until

# After SIGKILL a process is gone in milliseconds, unless its disk hangs.
KILLED_SECONDS = 5.0
# A server left alone by a killed supervisor and guard gets this long to stop.
LEFTOVER_SECONDS = 30.0


def has_ended(process: psutil.Process) -> bool:
    """Return whether it runs no more; a zombie nobody collects has ended too."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def end_group(process: psutil.Process, *, stop_signal: int, seconds: float) -> None:
    """Ask the leader of a process group to stop; kill what is left of the group.

    Returns when the leader has ended; it is the parent's to collect. Safe to call for
    one that has ended already: its group is killed all the same.
    """
    with contextlib.suppress(psutil.NoSuchProcess):
        process.send_signal(stop_signal)
        wait_until(lambda: has_ended(process), seconds=seconds)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    wait_until(lambda: has_ended(process), seconds=KILLED_SECONDS)


def end_leftover(pid_file: Path, *, program: str, stop_signal: int) -> None:
    """Stop a server that outlived its stack and remove the file that names it.

    The file may be older than the machine's last start, and its number may be
    somebody else's by now: only a process of that name working in the file's own
    folder is touched.
    """
    with contextlib.suppress(FileNotFoundError, IndexError, ValueError, psutil.Error):
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        place = Path(process.cwd())
        if process.name() == program and place == pid_file.parent.resolve():
            end_group(process, stop_signal=stop_signal, seconds=LEFTOVER_SECONDS)
    pid_file.unlink(missing_ok=True)
