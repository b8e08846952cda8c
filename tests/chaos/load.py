"""Clients that send small files one after the other while something is broken.

Each does what a careful program does: it sends with a key, and sends again with the
same key when it got no answer or was told to come back.
"""

import dataclasses
import itertools
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx

from tests.chaos.ground import Ground
from tests.chaos.invariants import Sent
from tests.chaos.library import Sales

CLIENTS = 3
ROWS = 300
AGAIN_SECONDS = 0.25
# Longer than anything is away.
PATIENCE_TRIES = 600
FINE = frozenset({200, 201})
COME_BACK = 503


@dataclasses.dataclass(slots=True)
class Load:
    """What was sent so far and how it was answered."""

    ground: Ground
    sent: list[Sent] = dataclasses.field(default_factory=list)
    codes: Counter[int] = dataclasses.field(default_factory=Counter)
    lost: list[str] = dataclasses.field(default_factory=list)
    stopping: threading.Event = dataclasses.field(default_factory=threading.Event)
    busy: threading.Lock = dataclasses.field(default_factory=threading.Lock)
    numbers: Iterator[int] = dataclasses.field(
        default_factory=lambda: itertools.count(1_000)
    )

    def wrong(self) -> Iterator[str]:
        """Yield what a client may complain about."""
        for code in sorted(set(self.codes) - FINE - {COME_BACK}):
            yield f"{self.codes[code]} requests were answered {code}"
        for name in self.lost:
            yield f"I6 {name} was never accepted"

    def be_client(self) -> None:
        """Send files until told to stop; finish the one that was begun."""
        while not self.stopping.is_set():
            with self.busy:
                number = next(self.numbers)
            self._send(self.ground.stage.library.loose_file(number, rows=ROWS))

    def _send(self, sales: Sales) -> None:
        for _ in range(PATIENCE_TRIES):
            answer = self._ask(sales)
            if answer is not None and answer.status_code in FINE:
                upload_id = str(answer.json()["id"])
                with self.busy:
                    self.sent.append(self.ground.sent(upload_id, sales))
                return
            threading.Event().wait(AGAIN_SECONDS)
        self.lost.append(sales.path.name)

    def _ask(self, sales: Sales) -> httpx.Response | None:
        try:
            answer = self.ground.shop.post_file(sales.path, key=sales.path.name)
            with self.ground.shop.api as api:
                listed = api.get("/uploads/")
        except httpx.TransportError:
            return None
        with self.busy:
            self.codes.update((answer.status_code, listed.status_code))
        return answer


@contextmanager
def under_load(ground: Ground) -> Iterator[Load]:
    """Have clients send files for as long as the block, and to the end of the last."""
    load = Load(ground=ground)
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(load.be_client) for _ in range(CLIENTS)]
        try:
            yield load
        finally:
            load.stopping.set()
        for client in clients:
            client.result()
