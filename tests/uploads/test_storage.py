"""Files on disk: whole or absent, private, hashed on arrival, never over the limit."""

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from uploads import storage
from uploads.errors import StorageUnavailableError, UploadTooLargeError


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_stored_file_is_whole_hashed_and_private(storage_dir: Path) -> None:
    stored = storage.save_stream([b"fecha;", b"", b"total"], limit_bytes=100)

    path = storage.open_path(stored.stored_name)
    assert path.read_bytes() == b"fecha;total"
    assert stored.sha256 == hashlib.sha256(b"fecha;total").hexdigest()
    assert stored.size_bytes == 11
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(storage_dir.stat().st_mode) == 0o700
    assert files(storage_dir) == [path]


def test_a_file_may_be_exactly_as_large_as_the_limit() -> None:
    assert storage.save_stream([b"12345"], limit_bytes=5).size_bytes == 5


def test_the_limit_stops_the_stream_and_leaves_nothing(storage_dir: Path) -> None:
    asked = 0

    def endless() -> Iterator[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield b"x" * 10

    with pytest.raises(UploadTooLargeError) as caught:
        storage.save_stream(endless(), limit_bytes=35)

    assert caught.value.facts == {"limit_bytes": 35}
    assert asked == 4
    assert files(storage_dir) == []


def test_a_stream_that_breaks_leaves_nothing(storage_dir: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        storage.save_stream(broken(), limit_bytes=100)

    assert files(storage_dir) == []


def test_removing_twice_is_removing_once(storage_dir: Path) -> None:
    stored = storage.save_stream([b"x"], limit_bytes=1)

    storage.remove(stored.stored_name)
    storage.remove(stored.stored_name)
    storage.remove("")

    assert files(storage_dir) == []


def test_a_disk_that_refuses_is_named_without_its_path(storage_dir: Path) -> None:
    storage_dir.parent.mkdir(exist_ok=True)
    storage_dir.write_text("a file where the folder should be", encoding="utf-8")

    with pytest.raises(StorageUnavailableError) as caught:
        storage.save_stream([b"x"], limit_bytes=1)

    assert str(storage_dir) not in str(caught.value)


def test_what_a_killed_process_left_is_removed_once_it_is_old(
    storage_dir: Path,
) -> None:
    old, fresh = storage.Arrival(limit_bytes=9), storage.Arrival(limit_bytes=9)
    left = sorted(files(storage_dir), key=lambda path: path != old._path)
    os.utime(left[0], (1_000, 1_000))

    removed = storage.remove_arrivals_before(2_000)

    assert removed == 1
    assert files(storage_dir) == [fresh._path]
    for arrival in (old, fresh):
        arrival.discard()


def test_files_in_place_are_found_by_age(storage_dir: Path) -> None:
    old = storage.save_stream([b"1"], limit_bytes=1)
    storage.save_stream([b"2"], limit_bytes=1)
    os.utime(storage.open_path(old.stored_name), (1_000, 1_000))

    assert list(storage.files_before(2_000)) == [old.stored_name]


def test_nothing_is_found_before_anything_was_stored() -> None:
    assert list(storage.files_before(2_000)) == []
    assert storage.remove_arrivals_before(2_000) == 0
