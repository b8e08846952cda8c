"""One stack a folder, and no stale lock."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ayni.localstack.errors import AlreadyRunningError
from ayni.localstack.folderlock import FolderLock, is_held
from ayni.localstack.keeper import ROOT

HOLD_AND_DIE = """
import os, signal, sys
from pathlib import Path
from ayni.localstack.folderlock import FolderLock
FolderLock.acquire(Path(sys.argv[1])).describe(address="http://127.0.0.1:1")
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_second_stack_is_refused_and_told_where_the_first_answers(
    tmp_path: Path,
) -> None:
    lock = FolderLock.acquire(tmp_path)
    lock.describe(address="http://127.0.0.1:8000")

    with pytest.raises(AlreadyRunningError, match=r"127\.0\.0\.1:8000") as caught:
        FolderLock.acquire(tmp_path)
    lock.release()

    assert caught.value.pid == os.getpid()


def test_a_released_folder_can_be_taken_again(tmp_path: Path) -> None:
    FolderLock.acquire(tmp_path).release()
    assert not is_held(tmp_path)

    again = FolderLock.acquire(tmp_path)
    assert is_held(tmp_path)
    again.release()


def test_a_killed_holder_leaves_no_lock(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", HOLD_AND_DIE, str(tmp_path)], cwd=ROOT, check=False
    )

    FolderLock.acquire(tmp_path).release()


def test_releasing_twice_is_harmless(tmp_path: Path) -> None:
    lock = FolderLock.acquire(tmp_path)

    lock.release()
    lock.release()

    assert not is_held(tmp_path)
