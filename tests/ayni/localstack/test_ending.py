"""What outlived its stack is ended; what only looks like it is left alone."""

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ayni.localstack.ending import end_leftover
from ayni.localstack.waiting import wait_until


@pytest.fixture
def sleeper(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        ["/bin/cat"], stdin=subprocess.PIPE, cwd=tmp_path, start_new_session=True
    ) as process:
        yield process
        process.kill()


def end(pid_file: Path, *, program: str) -> None:
    end_leftover(pid_file, program=program, stop_signal=signal.SIGTERM)


def test_a_server_of_this_folder_is_ended(
    tmp_path: Path, sleeper: subprocess.Popen[bytes]
) -> None:
    pid_file = tmp_path / "server.pid"
    pid_file.write_text(f"{sleeper.pid}\nmore\n")

    end(pid_file, program="cat")

    assert wait_until(lambda: sleeper.poll() is not None, seconds=5)
    assert not pid_file.exists()


@pytest.mark.parametrize("program", ["postgres", "valkey-server"])
def test_a_stranger_with_the_same_number_is_left_alone(
    tmp_path: Path, sleeper: subprocess.Popen[bytes], program: str
) -> None:
    pid_file = tmp_path / "server.pid"
    pid_file.write_text(str(sleeper.pid))

    end(pid_file, program=program)

    assert sleeper.poll() is None
    assert not pid_file.exists()


def test_the_same_program_in_another_folder_is_left_alone(
    tmp_path: Path, sleeper: subprocess.Popen[bytes]
) -> None:
    (tmp_path / "other").mkdir()
    pid_file = tmp_path / "other" / "server.pid"
    pid_file.write_text(str(sleeper.pid))

    end(pid_file, program="cat")

    assert sleeper.poll() is None


@pytest.mark.parametrize("content", ["", "no number", "999999999"])
def test_a_stale_file_is_removed(tmp_path: Path, content: str) -> None:
    pid_file = tmp_path / "server.pid"
    pid_file.write_text(content)

    end(pid_file, program="cat")

    assert not pid_file.exists()


def test_no_file_is_no_trouble(tmp_path: Path) -> None:
    end(tmp_path / "server.pid", program="cat")
