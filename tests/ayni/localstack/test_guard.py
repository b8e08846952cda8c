"""Whatever happens to the owner, its processes end and its folders go."""

import json
import signal
import subprocess
from pathlib import Path

import psutil
import pytest

from ayni.localstack.errors import LocalStackError
from ayni.localstack.folderlock import FolderLock, is_held
from ayni.localstack.guard import Watchlist
from ayni.localstack.keeper import Keeper, ProcessPlan
from ayni.localstack.waiting import wait_until
from tests.ayni.localstack.owners import all_ended, owner, pids_told_by

SOON_SECONDS = 20.0


def grandchild_of(folder: Path) -> psutil.Process:
    log = folder / "child.log"
    assert wait_until(
        lambda: log.exists() and "pids" in log.read_text(), seconds=SOON_SECONDS
    )
    return psutil.Process(int(log.read_text().split()[1]))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_killed_owner_leaves_nothing_running(
    tmp_path: Path, number: signal.Signals
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with owner(tmp_path, temporary=temporary) as process:
        started = [*pids_told_by(process), grandchild_of(tmp_path)]
        assert not all_ended(started)

        process.send_signal(number)

        assert wait_until(lambda: all_ended(started), seconds=SOON_SECONDS)
    assert not is_held(tmp_path)
    assert not temporary.exists()


def test_the_folder_stays_taken_until_the_guard_is_through(tmp_path: Path) -> None:
    with owner(tmp_path, temporary=tmp_path / "none") as process:
        child, guard = pids_told_by(process)
        grandchild_of(tmp_path)
        guard.suspend()

        process.kill()
        process.wait()
        is_held_meanwhile = is_held(tmp_path)
        guard.resume()
        FolderLock.acquire(tmp_path).release()

    assert is_held_meanwhile
    assert all_ended([child, guard])


def test_nothing_is_started_once_all_is_stopping(tmp_path: Path) -> None:
    lock = FolderLock.acquire(tmp_path)
    keeper = Keeper(lock_descriptor=lock.descriptor)
    plan = ProcessPlan(
        name="late", command=("/bin/true",), environment={}, log=tmp_path / "late.log"
    )

    keeper.stop_all()

    with pytest.raises(LocalStackError, match="all is stopping"):
        keeper.start(plan)
    lock.release()


def test_a_guard_lets_go_of_what_it_is_told_to_forget() -> None:
    watchlist = Watchlist()
    with subprocess.Popen(["/bin/sh", "-c", "read x"], stdin=subprocess.PIPE) as other:
        watch = {"order": "watch", "pid": other.pid, "signal": 15, "seconds": 0.1}
        watchlist.obey(json.loads(json.dumps(watch)))
        watchlist.obey({"order": "forget", "pid": other.pid})

        watchlist.clean_up()

        assert other.poll() is None
        other.kill()
