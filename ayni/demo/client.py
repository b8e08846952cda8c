"""A client of the public API, as the shop's own program would be written."""

import contextlib
import dataclasses
import json
import threading
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import httpx
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from ayni.demo.errors import NothingMovesError, RefusedRequestError
from ayni.demo.people import Login

TERMINAL = ("completed", "failed", "cancelled", "needs_review", "reverted")
CHUNK_BYTES = 1 << 18
# One request: the answer to a file comes after all of it was stored.
REQUEST_SECONDS = 120.0
# A live upload says something several times a second; then we ask.
SILENCE_SECONDS = 3.0
# A worker that was killed is replaced, and its lease taken over, well within this.
STANDSTILL_SECONDS = 120.0
PAUSE_SECONDS = 0.5


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What the socket or the API last said about an upload."""

    sequence: int
    status: str
    phase: str
    progress_percent: int
    rows_read: int
    rows_accepted: int
    rows_rejected: int
    rows_per_second: float | None

    @property
    def is_final(self) -> bool:
        return self.status in TERMINAL


class Client:
    """One signed-in person of one company."""

    def __init__(self, base_url: str, *, company_id: uuid.UUID, login: Login) -> None:
        self._socket_url = base_url.replace("http", "ws", 1)
        self._api = httpx.Client(
            base_url=f"{base_url}/api/v1/", timeout=REQUEST_SECONDS
        )
        self._uploads = f"companies/{company_id}/uploads/"
        self._login = login
        self._token = ""

    def __enter__(self) -> Self:
        self.sign_in()
        return self

    def __exit__(self, *_error: object) -> None:
        self._api.close()

    def sign_in(self) -> None:
        answer = self._api.post("auth/token/", json=dataclasses.asdict(self._login))
        self._token = str(_body(answer, what="signing in", status=200)["access"])
        self._api.headers["Authorization"] = f"Bearer {self._token}"

    def send(self, path: Path, *, options: Mapping[str, str]) -> str:
        """Stream the file to the API; return the upload's id. It is durable then."""
        answer = self._api.post(
            self._uploads,
            params={"name": path.name, **options},
            headers={
                "Content-Type": "text/csv",
                "Content-Length": str(path.stat().st_size),
            },
            content=_chunks(path),
        )
        return str(_body(answer, what="sending the file", status=201)["id"])

    def upload(self, upload_id: str) -> dict[str, Any]:
        """Return everything the API says about the upload."""
        return self._get(f"{upload_id}/")

    def first_rejects(self, upload_id: str, *, count: int) -> list[dict[str, Any]]:
        page = self._get(f"{upload_id}/rejects/", page_size=count)
        return list(page["results"])

    def save_rejects(self, upload_id: str, path: Path) -> None:
        """Write the upload's refused rows to ``path``, as the API gives them: CSV."""
        address = f"{self._uploads}{upload_id}/rejects.csv"
        with self._api.stream("GET", address) as answer, path.open("wb") as file:
            answer.raise_for_status()
            file.writelines(answer.iter_bytes())

    def states(self, upload_id: str) -> Iterator[State]:
        """Yield the upload's states, newest last, until it has ended.

        The socket tells; where it breaks, is silent or leaves a number out, the API is
        asked. Raises ``NothingMovesError`` if neither tells anything new for long.
        """
        return until_final(self._told_or_asked(upload_id), clock=time.monotonic)

    def _told_or_asked(self, upload_id: str) -> Iterator[State]:
        pause = threading.Event()
        while True:
            with contextlib.suppress(OSError, TimeoutError, WebSocketException):
                last = -1
                for state in self._told(upload_id):
                    is_next = last in (-1, state.sequence - 1)
                    yield state if is_next or state.is_final else self._ask(upload_id)
                    last = state.sequence
            yield self._ask(upload_id)
            pause.wait(PAUSE_SECONDS)

    def _told(self, upload_id: str) -> Iterator[State]:
        address = f"{self._socket_url}/ws/v1/uploads/{upload_id}/"
        protocols = [Subprotocol("ayni.v1"), Subprotocol(f"jwt.{self._token}")]
        with connect(address, subprotocols=protocols, proxy=None) as socket:
            while True:
                message = json.loads(socket.recv(timeout=SILENCE_SECONDS))
                if "sequence" in message:
                    yield _state(message)

    def _ask(self, upload_id: str) -> State:
        return _state(self._get(f"{upload_id}/progress/"))

    def _get(self, path: str, **query: int) -> dict[str, Any]:
        answer = self._api.get(self._uploads + path, params=query)
        if answer.status_code == httpx.codes.UNAUTHORIZED:
            # An access token lives 15 minutes; a large file may take longer.
            self.sign_in()
            answer = self._api.get(self._uploads + path, params=query)
        return _body(answer, what=path, status=200)


def until_final(
    states: Iterable[State], *, clock: Callable[[], float]
) -> Iterator[State]:
    """Yield each state that is newer than those before it, up to the final one.

    Raises ``NothingMovesError`` if none is for too long; ``clock`` gives seconds.
    """
    last: State | None = None
    moved_at = clock()
    for state in states:
        if last is None or state.sequence > last.sequence:
            last, moved_at = state, clock()
            yield state
        if last.is_final:
            return
        if clock() - moved_at > STANDSTILL_SECONDS:
            raise NothingMovesError(seconds=STANDSTILL_SECONDS, status=last.status)


def _state(message: Mapping[str, Any]) -> State:
    names = [field.name for field in dataclasses.fields(State)]
    return State(**{name: message[name] for name in names})


def _body(answer: httpx.Response, *, what: str, status: int) -> dict[str, Any]:
    if answer.status_code != status:
        raise RefusedRequestError(
            what=what, status=answer.status_code, body=answer.text[:500]
        )
    body: dict[str, Any] = answer.json()
    return body


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk
