"""What can go wrong with the local stack, in words that say what to do next."""

from pathlib import Path


class LocalStackError(Exception):
    """The local stack cannot start or go on; its text is for the person at it."""


class AlreadyRunningError(LocalStackError):
    """Another stack holds this folder. Use it, or stop it first."""

    def __init__(self, *, pid: int, address: str) -> None:
        self.pid = pid
        self.address = address
        where = f" at {address}" if address else ""
        super().__init__(
            f"Ayni already runs in this folder{where} (process {pid}); "
            "use that one, or stop it with Ctrl-C first"
        )


class ServiceStartError(LocalStackError):
    """A process did not become ready; its log says why."""

    def __init__(self, *, name: str, reason: str, log: Path) -> None:
        self.name = name
        self.log = log
        super().__init__(f"{name} {reason}; the end of {log}:\n{_tail(log)}")


class MissingBinaryError(LocalStackError):
    """The wheels for this platform carry no server; name other servers instead."""

    def __init__(self, *, name: str, path: Path) -> None:
        super().__init__(
            f"no {name} for this platform (looked for {path}); "
            "set DATABASE_URL and REDIS_URL to servers of your own"
        )


class UnsafeFolderError(LocalStackError):
    """A folder that must be ours belongs to somebody else."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} belongs to somebody else; remove it and try again")


def _tail(log: Path, lines: int = 12) -> str:
    if not log.exists():
        return "(nothing was written)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
