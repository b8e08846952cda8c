"""A folder keeps its addresses and secrets, and moves only for a stranger."""

import socket
import stat
from pathlib import Path

from ayni.localstack.addresses import FILE_NAME, addresses_of, complete
from ayni.localstack.folderlock import FolderLock
from ayni.localstack.ports import LOOPBACK


def test_a_folder_keeps_its_addresses(tmp_path: Path) -> None:
    assert addresses_of(tmp_path) == addresses_of(tmp_path)


def test_two_folders_share_no_secret(tmp_path: Path) -> None:
    one, other = (addresses_of(tmp_path / name) for name in ("one", "other"))

    assert one.secret_key != other.secret_key
    assert one.postgres_password != other.postgres_password
    assert one.valkey_password != other.valkey_password


def test_only_we_can_read_the_secrets(tmp_path: Path) -> None:
    addresses_of(tmp_path)

    mode = (tmp_path / FILE_NAME).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


def test_a_port_taken_by_a_stranger_is_given_up(tmp_path: Path) -> None:
    before = addresses_of(tmp_path)
    with socket.socket() as stranger:
        stranger.bind((LOOPBACK, before.postgres_port))
        stranger.listen()

        after = addresses_of(tmp_path)

    assert after.postgres_port != before.postgres_port
    assert after.postgres_password == before.postgres_password


def test_ports_stay_while_a_stack_answers_on_them(tmp_path: Path) -> None:
    before = addresses_of(tmp_path)
    lock = FolderLock.acquire(tmp_path)
    with socket.socket() as server:
        server.bind((LOOPBACK, before.postgres_port))
        server.listen()

        after = addresses_of(tmp_path)
    lock.release()

    assert after == before


def test_what_is_missing_is_added_and_the_rest_left_alone(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": "postgres://own@db/own"}

    complete(environment, tmp_path)

    assert environment["DATABASE_URL"] == "postgres://own@db/own"
    assert environment["REDIS_URL"] == addresses_of(tmp_path).redis_url
    assert environment["AYNI_SECRET_KEY"] == addresses_of(tmp_path).secret_key


def test_nothing_is_made_where_nothing_is_missing(tmp_path: Path) -> None:
    environment = {"DATABASE_URL": "a", "REDIS_URL": "b", "AYNI_SECRET_KEY": "c"}

    complete(environment, tmp_path)

    assert list(tmp_path.iterdir()) == []
