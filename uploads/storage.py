"""Uploaded files on disk: streamed, hashed on arrival, durable before we say 201.

A file is written under ``incoming`` and moved into place when it is whole, so that
whatever stands in place is complete. Names are ours; the client's is never a path.
Raises ``StorageUnavailableError`` for whatever the disk refuses.
"""

import contextlib
import dataclasses
import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

from jobs import points
from uploads.errors import StorageUnavailableError, UploadTooLargeError

INCOMING = "incoming"
# Only the user the program runs as reads what companies send.
FILE_MODE = 0o600
FOLDER_MODE = 0o700
# A full disk is not emptied sooner, and asking again costs little.
RETRY_SECONDS = 60


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """A file that is whole, in place and survives a power cut."""

    stored_name: str
    size_bytes: int
    sha256: str


class Arrival:
    """A file that is arriving. Leaving the block removes it unless it was kept.

    ``write`` raises ``UploadTooLargeError`` at the first byte beyond ``limit_bytes``;
    what was written by then is at most the limit.
    """

    def __init__(self, *, limit_bytes: int) -> None:
        self.size_bytes = 0
        self._limit_bytes = limit_bytes
        self._hash = hashlib.sha256()
        self._name = uuid.uuid4().hex
        self._path = _folder() / INCOMING / self._name
        with _disk_trouble_named():
            # With parents=True the outer folder would get the mode of the umask.
            for folder in (_folder(), _folder() / INCOMING):
                folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            self._file = os.fdopen(os.open(self._path, flags, FILE_MODE), "wb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.discard()

    def write(self, chunk: bytes) -> None:
        """Append ``chunk``, or refuse it whole when it does not fit the limit."""
        if self.size_bytes + len(chunk) > self._limit_bytes:
            raise UploadTooLargeError(limit_bytes=self._limit_bytes)
        self._hash.update(chunk)
        with _disk_trouble_named():
            self._file.write(chunk)
        self.size_bytes += len(chunk)
        points.reach("mid_arrival")

    def keep(self) -> StoredFile:
        """Move the file into place; it is durable when this returns."""
        with _disk_trouble_named():
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._path.rename(open_path(self._name))
            _sync_folder(_folder())
        return StoredFile(
            stored_name=self._name,
            size_bytes=self.size_bytes,
            sha256=self._hash.hexdigest(),
        )

    def discard(self) -> None:
        """Remove what has arrived; does nothing to a file that was kept."""
        # Closing flushes, which a full disk refuses; the file is removed all the same.
        with contextlib.suppress(OSError):
            self._file.close()
        with _disk_trouble_named():
            self._path.unlink(missing_ok=True)


def save_stream(chunks: Iterable[bytes], *, limit_bytes: int) -> StoredFile:
    """Store ``chunks`` as they come and return the durable file.

    Raises ``UploadTooLargeError`` as soon as they exceed ``limit_bytes``, without
    taking another chunk. After any exception nothing of the file is left.
    """
    with Arrival(limit_bytes=limit_bytes) as arrival:
        for chunk in chunks:
            arrival.write(chunk)
        return arrival.keep()


def open_path(stored_name: str) -> Path:
    """Return where the file is, or was: retention may have removed it."""
    return _folder() / stored_name


def remove(stored_name: str) -> None:
    """Remove the file. Twice is as good as once."""
    if stored_name:
        with _disk_trouble_named():
            open_path(stored_name).unlink(missing_ok=True)


def files_before(moment: float) -> Iterator[str]:
    """Yield the names of files in place that were last written before ``moment``.

    ``moment`` is in seconds since 1970, as the file system counts them.
    """
    yield from (path.name for path in _files_before(_folder(), moment))


def remove_arrivals_before(moment: float) -> int:
    """Remove what a killed process left half arrived; return how many files."""
    removed = 0
    for path in _files_before(_folder() / INCOMING, moment):
        path.unlink(missing_ok=True)
        removed += 1
    return removed


def _files_before(folder: Path, moment: float) -> Iterator[Path]:
    with _disk_trouble_named():
        entries = list(os.scandir(folder)) if folder.is_dir() else []
        for entry in entries:
            # Another clean-up may have been quicker.
            with contextlib.suppress(FileNotFoundError):
                if entry.is_file() and entry.stat().st_mtime < moment:
                    yield Path(entry.path)


def _folder() -> Path:
    return Path(settings.AYNI_STORAGE_DIR)


def _sync_folder(folder: Path) -> None:
    # The rename itself is only durable once the folder is.
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def _disk_trouble_named() -> Iterator[None]:
    try:
        yield
    except OSError as exc:
        raise StorageUnavailableError(retry_after_seconds=RETRY_SECONDS) from exc
