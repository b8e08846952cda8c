"""What a client is told while things break (I10): one socket on the whole company."""

import contextlib
import dataclasses
import itertools
import json
import threading
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Self

from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection

from ayni.localstack.waiting import wait_until
from tests.flows.client import Shop

# How often a listener looks whether it is to stop, and tries to connect again.
LOOK_SECONDS = 0.2
# A client that connects again agrees within this (reliability.md, I10).
AGREES_SECONDS = 2.0
SHOWN = ("status", "sequence", "progress_percent")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One event of one upload, in the order in which events came."""

    upload_id: str
    sequence: int
    status: str
    progress_percent: int


class Listener:
    """A client that stays connected, come what may. A context manager; a thread."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self.heard: list[Heard] = []

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: types.TracebackType | None,
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def _listen(self) -> None:
        while not self._is_over.is_set():
            try:
                path = f"/ws/v1/companies/{self._shop.company_id}/"
                with open_socket(self._shop, path) as socket:
                    self._hear(socket)
            except (OSError, WebSocketException):
                self._is_over.wait(LOOK_SECONDS)

    def _hear(self, socket: ClientConnection) -> None:
        while not self._is_over.is_set():
            try:
                said = json.loads(socket.recv(timeout=LOOK_SECONDS))
            except TimeoutError:
                continue
            if "sequence" in said:
                names = [field.name for field in dataclasses.fields(Heard)]
                self.heard.append(Heard(**{name: said[name] for name in names}))


def open_socket(shop: Shop, path: str) -> ClientConnection:
    """Connect as a page does, but do not wait for a web process that hangs."""
    return shop.socket(path, seconds=AGREES_SECONDS)


def untrue(heard: Sequence[Heard], attempts: Mapping[str, int]) -> Iterator[str]:
    """Yield a sentence for each thing that was heard and cannot have been (I10).

    ``attempts`` at each upload: a new one begins at nothing, so progress may fall once
    for each after the first.
    """
    ordered = sorted(heard, key=lambda event: event.upload_id)
    for upload_id, group in itertools.groupby(ordered, lambda event: event.upload_id):
        steps = list(itertools.pairwise(group))
        if any(after.sequence < before.sequence for before, after in steps):
            yield f"I10 {upload_id}: sequence numbers fell"
        falls = sum(
            after.progress_percent < before.progress_percent for before, after in steps
        )
        if falls > max(0, attempts.get(upload_id, 1) - 1):
            yield f"I10 {upload_id}: progress fell {falls} times"


def differing(shop: Shop, upload_id: str, heard: Sequence[Heard]) -> Iterator[str]:
    """Yield a sentence where a GET, a new socket and the last event differ (I10).

    Only for an upload that has ended. An event may be lost, but not say what is wrong.
    """
    read = _shown(shop.get(f"/uploads/{upload_id}/progress/"))
    told = _told(shop, upload_id)
    if told != read:
        yield f"I10 {upload_id}: a new socket says {told}, a GET {read}"
    last = [_shown(dataclasses.asdict(it)) for it in heard if it.upload_id == upload_id]
    for event in last[-1:]:
        if event["sequence"] >= read["sequence"] and event != read:
            yield f"I10 {upload_id}: the last event says {event}, a GET {read}"


def _told(shop: Shop, upload_id: str) -> dict[str, Any] | None:
    """Return what a new socket says first, or ``None`` if it says nothing in time.

    One that a web process closes, because its connection to Valkey died with the old
    one, is opened again, as a page does.
    """
    told: list[dict[str, Any]] = []

    def is_told() -> bool:
        with (
            contextlib.suppress(WebSocketException, TimeoutError),
            open_socket(shop, f"/ws/v1/uploads/{upload_id}/") as socket,
        ):
            told.append(_shown(json.loads(socket.recv(timeout=AGREES_SECONDS))))
        return bool(told)

    wait_until(is_told, seconds=AGREES_SECONDS)
    return told[0] if told else None


def _shown(state: Mapping[str, Any]) -> dict[str, Any]:
    return {name: state[name] for name in SHOWN}
