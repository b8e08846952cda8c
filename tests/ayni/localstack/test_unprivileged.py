"""Postgres does not run as root: who runs it, and where its files can lie."""

import os
import stat
from pathlib import Path

import pytest

from ayni.localstack.errors import UnsafeFolderError
from ayni.localstack.unprivileged import (
    Person,
    can_reach,
    own_folder,
    reachable_home,
    stand_in,
    temporary_folder,
)

STRANGER = Person(uid=12_345, gid=12_345)


def test_root_has_somebody_else_run_it_and_nobody_else_does() -> None:
    person = stand_in()

    assert (person is not None) == (os.geteuid() == 0)
    assert person is None or person.uid != 0


def test_a_closed_folder_above_is_out_of_reach(tmp_path: Path) -> None:
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    inner.parent.chmod(0o700)

    assert not can_reach(STRANGER, inner)


def test_a_folder_of_their_own_is_within_reach() -> None:
    assert can_reach(STRANGER, Path("/"))
    assert can_reach(Person(uid=os.getuid(), gid=os.getgid()), Path.home())


def test_files_stay_in_the_folder_when_we_run_it_ourselves(tmp_path: Path) -> None:
    assert reachable_home(None, tmp_path / "home") == tmp_path / "home"


def test_an_unreachable_folder_has_a_place_that_stands_for_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)

    home = reachable_home(STRANGER, tmp_path / "home")
    again = reachable_home(STRANGER, tmp_path / "home")

    assert home == again
    assert can_reach(STRANGER, home)
    home.rmdir()


def test_a_place_that_somebody_else_has_laid_out_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    home = reachable_home(STRANGER, tmp_path / "home")
    home.rmdir()
    home.symlink_to(tmp_path)

    with pytest.raises(UnsafeFolderError):
        reachable_home(STRANGER, tmp_path / "home")
    home.unlink()


def test_a_temporary_folder_can_be_passed_through_and_not_listed() -> None:
    folder = temporary_folder("ayni-tests-")

    mode = folder.stat().st_mode
    folder.rmdir()

    assert stat.S_IMODE(mode) == 0o711


def test_a_folder_made_for_somebody_is_closed_to_others(tmp_path: Path) -> None:
    own_folder(tmp_path / "data", None)

    mode = (tmp_path / "data").stat().st_mode
    assert stat.S_IMODE(mode) == 0o700
