"""The browser's end of a socket, in this process, and somebody who watches."""

import json
import uuid
from collections.abc import Mapping
from typing import Any, cast

from asgiref.testing import ApplicationCommunicator

from realtime.auth import Visitor
from realtime.errors import SignInNeededError
from realtime.events import UploadProgressed

ANSWER_SECONDS = 5.0
QUIET_SECONDS = 0.15
PERSON = uuid.UUID("018f0000-0000-7000-8000-00000000aaaa")
UPLOAD = uuid.UUID("018f0000-0000-7000-8000-000000000001")
OTHERS_UPLOAD = uuid.UUID("018f0000-0000-7000-8000-000000000002")
COMPANY = uuid.UUID("018f0000-0000-7000-8000-00000000cccc")
TOKEN = "header.payload.signature"


class Socket:
    """The browser's end of a socket."""

    def __init__(self, application: object, scope: Mapping[str, Any]) -> None:
        # asgiref ships no types for it.
        self._end: Any = cast("Any", ApplicationCommunicator)(application, dict(scope))

    async def open(self) -> str | None:
        """Open and return the subprotocol that was chosen."""
        await self._end.send_input({"type": "websocket.connect"})
        answer = await self._end.receive_output(ANSWER_SECONDS)
        assert answer["type"] == "websocket.accept", answer
        chosen: str | None = answer["subprotocol"]
        return chosen

    async def say(self, text: str) -> None:
        await self._end.send_input({"type": "websocket.receive", "text": text})

    async def hear(self) -> dict[str, Any]:
        answer = await self._end.receive_output(ANSWER_SECONDS)
        assert answer["type"] == "websocket.send", answer
        message: dict[str, Any] = json.loads(answer["text"])
        return message

    async def hear_close(self) -> int:
        answer = await self._end.receive_output(ANSWER_SECONDS)
        assert answer["type"] == "websocket.close", answer
        code: int = answer["code"]
        return code

    async def is_silent(self) -> bool:
        return bool(await self._end.receive_nothing(QUIET_SECONDS))

    async def leave(self) -> None:
        await self._end.send_input({"type": "websocket.disconnect", "code": 1001})
        await self._end.wait(ANSWER_SECONDS)

    async def drop(self) -> None:
        """End the application as a server does that was told to stop."""
        self._end.stop(exceptions=False)
        await self._end.wait(ANSWER_SECONDS)


def authenticate(token: str) -> Visitor:
    if token != TOKEN:
        raise SignInNeededError
    return Visitor(user_id=PERSON)


def may_watch(person_id: uuid.UUID, subject_id: uuid.UUID) -> bool:
    return person_id == PERSON and subject_id in {UPLOAD, COMPANY}


def state_of(subject_id: uuid.UUID) -> Mapping[str, Any]:
    return {"upload_id": str(subject_id), "sequence": 3, "status": "processing"}


def progressed(sequence: int, **facts: Any) -> UploadProgressed:
    return UploadProgressed(
        upload_id=str(UPLOAD),
        company_id=str(COMPANY),
        sequence=sequence,
        status="processing",
        phase="reading",
        progress_percent=facts.pop("progress_percent", 40),
        **facts,
    )
