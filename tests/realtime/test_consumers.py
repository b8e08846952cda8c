"""Sockets against a real channel layer: who gets in, what is said, how they close."""

import asyncio
import dataclasses
import json
import time
import uuid
from collections.abc import Callable

import pytest

from realtime import consumers
from realtime.auth import PROTOCOL, Visitor
from realtime.events import UploadLoaded
from realtime.publish import publish
from realtime.watching import Watching
from tests.realtime.sockets import (
    COMPANY,
    OTHERS_UPLOAD,
    PERSON,
    TOKEN,
    UPLOAD,
    Socket,
    progressed,
)

OpenSocket = Callable[..., Socket]


async def tell(*sequences: int) -> None:
    for sequence in sequences:
        await asyncio.to_thread(publish, progressed(sequence))


def loaded(sequence: int) -> UploadLoaded:
    return UploadLoaded(
        upload_id=str(UPLOAD),
        company_id=str(COMPANY),
        sequence=sequence,
        status="completed",
        phase="finished",
        progress_percent=100,
    )


async def test_the_state_comes_first_and_the_token_is_not_echoed(
    open_socket: OpenSocket,
) -> None:
    socket = open_socket()

    assert await socket.open() == PROTOCOL
    assert await socket.hear() == {
        "type": "state",
        "upload_id": str(UPLOAD),
        "sequence": 3,
        "status": "processing",
    }


@pytest.mark.parametrize(
    ("path", "protocols", "headers", "code"),
    [
        pytest.param(UPLOAD, (PROTOCOL, "jwt.forged"), {}, 4401, id="a forged token"),
        pytest.param(UPLOAD, (f"jwt.{TOKEN}",), {}, 4400, id="no protocol of ours"),
        pytest.param(UPLOAD, (PROTOCOL,), {}, 4403, id="neither origin nor token"),
        pytest.param(
            UPLOAD,
            (PROTOCOL, f"jwt.{TOKEN}"),
            {"origin": "https://evil.example"},
            4403,
            id="a token used by somebody else's page",
        ),
        pytest.param(
            UPLOAD, (PROTOCOL,), {"origin": "null"}, 4403, id="a page without origin"
        ),
        pytest.param(
            OTHERS_UPLOAD, (PROTOCOL, f"jwt.{TOKEN}"), {}, 4404, id="another company's"
        ),
        pytest.param(
            uuid.UUID(int=0), (PROTOCOL, f"jwt.{TOKEN}"), {}, 4404, id="no such upload"
        ),
    ],
)
async def test_who_may_not_watch_is_told_so_after_the_socket_is_open(
    open_socket: OpenSocket,
    path: uuid.UUID,
    protocols: tuple[str, ...],
    headers: dict[str, str],
    code: int,
) -> None:
    socket = open_socket(
        f"/ws/v1/uploads/{path}/", protocols=protocols, headers=headers
    )

    await socket.open()

    assert await socket.hear_close() == code


async def test_an_unknown_address_closes_as_not_found(open_socket: OpenSocket) -> None:
    socket = open_socket("/ws/v1/nothing/")

    await socket.open()

    assert await socket.hear_close() == 4404


@pytest.mark.parametrize("kind", ["uploads", "companies"])
async def test_events_reach_who_watches_the_upload_or_its_company(
    open_socket: OpenSocket, kind: str
) -> None:
    socket = open_socket(f"/ws/v1/{kind}/{UPLOAD if kind == 'uploads' else COMPANY}/")
    await socket.open()
    await socket.hear()

    await tell(4)

    assert await socket.hear() == {**progressed(4).as_message()}


async def test_progress_is_told_four_times_a_second_and_the_end_at_once(
    open_socket: OpenSocket,
) -> None:
    socket = open_socket()
    await socket.open()
    await socket.hear()

    started = time.monotonic()
    await tell(*range(4, 30))
    await asyncio.to_thread(publish, loaded(30))
    heard = [await socket.hear()]
    while heard[-1]["type"] != "upload.loaded":
        heard.append(await socket.hear())

    assert heard[-1]["sequence"] == 30
    assert len(heard) <= 2 + 4 * (time.monotonic() - started)
    assert await socket.is_silent()


async def test_the_newest_of_held_progress_is_told_without_another_event(
    open_socket: OpenSocket,
) -> None:
    socket = open_socket()
    await socket.open()
    await socket.hear()

    await tell(4, 5, 6)

    assert (await socket.hear())["sequence"] == 4
    assert (await socket.hear())["sequence"] == 6


async def test_a_state_that_is_known_already_is_not_told(
    open_socket: OpenSocket,
) -> None:
    socket = open_socket()
    await socket.open()
    await socket.hear()

    await tell(2, 3)

    assert await socket.is_silent()


async def test_a_token_that_runs_out_closes_the_socket(
    open_socket: OpenSocket, watching: Watching
) -> None:
    expiring = dataclasses.replace(
        watching,
        authenticate_token=lambda _: Visitor(
            user_id=PERSON, expires_at=time.time() + 0.1
        ),
    )
    socket = open_socket(watching=expiring)
    await socket.open()
    await socket.hear()

    assert await socket.hear_close() == 4401


async def test_a_member_who_was_removed_is_cut_off(
    open_socket: OpenSocket, watching: Watching
) -> None:
    answers = iter([True])
    fickle = dataclasses.replace(
        watching,
        can_watch=lambda *_: next(answers, False),
        recheck_seconds=0.05,
    )
    socket = open_socket(watching=fickle)
    await socket.open()
    await socket.hear()

    assert await socket.hear_close() == 4404


async def test_ping_is_answered_and_other_talk_is_not(open_socket: OpenSocket) -> None:
    socket = open_socket()
    await socket.open()
    await socket.hear()

    await socket.say("open sesame")
    await socket.say(json.dumps({"type": "ping"}, separators=(",", ":")))

    assert await socket.hear() == {"type": "pong"}


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        pytest.param(["x" * 70_000], 1009, id="one that is too long"),
        pytest.param(["x"] * 21, 1008, id="too many"),
    ],
)
async def test_a_client_that_talks_too_much_is_cut_off(
    open_socket: OpenSocket, frames: list[str], code: int
) -> None:
    socket = open_socket()
    await socket.open()
    await socket.hear()

    for frame in frames:
        await socket.say(frame)

    assert await socket.hear_close() == code


async def test_the_eleventh_socket_of_a_person_is_refused(
    open_socket: OpenSocket,
) -> None:
    for _ in range(consumers.SOCKETS_PER_PERSON):
        socket = open_socket()
        await socket.open()
        await socket.hear()
    eleventh = open_socket()
    await eleventh.open()

    assert await eleventh.hear_close() == 4429


async def test_a_socket_that_left_makes_room(open_socket: OpenSocket) -> None:
    socket = open_socket()
    await socket.open()
    await socket.hear()
    assert consumers.SOCKETS[PERSON] == 1

    await socket.leave()

    assert PERSON not in consumers.SOCKETS


async def test_an_error_of_ours_closes_this_socket_and_says_nothing(
    open_socket: OpenSocket, watching: Watching
) -> None:
    def broken(subject_id: uuid.UUID) -> dict[str, str]:
        raise LookupError("SELECT secret FROM table")

    socket = open_socket(watching=dataclasses.replace(watching, state=broken))
    await socket.open()

    assert await socket.hear_close() == 1011
