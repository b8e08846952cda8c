"""A client of the public API, as a shop's own program would be written."""

import itertools
import json
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import httpx
import psycopg
from stdnum.cl import rut
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.processing.oracle import Writing, count_records

T = TypeVar("T")
PASSWORD = "una-clave-bien-larga-4711"
TERMINAL = {"completed", "failed", "cancelled", "needs_review", "reverted"}
NUMBERS = itertools.count(1)


def until(condition: Callable[[], T | None], *, seconds: float, what: str) -> T:
    """Return the first true answer of ``condition``; fail after ``seconds``."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (answer := condition()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        pause.wait(0.05)
    return answer


def new_rut() -> str:
    """Return a RUT nobody in this run has used, with its check digit."""
    body = str(50_000_000 + os.getpid() % 10_000 * 1_000 + next(NUMBERS))
    return f"{body}-{rut.calc_check_digit(body)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """One company with its owner signed in.

    What it sent and what landed is counted anew, unless ``counts`` is off.
    """

    base_url: str
    database_url: str
    token: str
    company_id: str
    email: str
    counts: bool = True
    sent: dict[str, Path] = field(default_factory=dict)

    @property
    def api(self) -> httpx.Client:
        return httpx.Client(
            base_url=f"{self.base_url}/api/v1/companies/{self.company_id}",
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=30,
        )

    def upload(self, path: Path, **options: Any) -> dict[str, Any]:
        with path.open("rb") as file, self.api as api:
            answer = api.post(
                "/uploads/", files={"file": (path.name, file, "text/csv")}, data=options
            )
        assert answer.status_code == 201, answer.text
        body: dict[str, Any] = answer.json()
        if self.counts:
            self.sent[body["id"]] = path
        return body

    def post_file(self, path: Path, *, key: str) -> httpx.Response:
        """Send a file with an Idempotency-Key, or none if it is empty."""
        headers = {"Idempotency-Key": key} if key else {}
        with path.open("rb") as file, self.api as api:
            return api.post(
                "/uploads/",
                files={"file": (path.name, file, "text/csv")},
                data={"quality_threshold": 0},
                headers=headers,
            )

    def get(self, path: str, **query: Any) -> Any:
        with self.api as api:
            answer = api.get(path, params=query)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str) -> httpx.Response:
        with self.api as api:
            return api.post(path)

    def state(self, upload_id: str) -> dict[str, Any]:
        body: dict[str, Any] = self.get(f"/uploads/{upload_id}/")
        if body["status"] == "completed" and upload_id in self.sent:
            assert_conserved(body, self.sent.pop(upload_id))
        return body

    def reach(self, upload_id: str, statuses: set[str], *, seconds: float = 60) -> Any:
        def arrived() -> dict[str, Any] | None:
            state = self.state(upload_id)
            return state if state["status"] in statuses else None

        return until(arrived, seconds=seconds, what=f"{upload_id} in {statuses}")

    def watch(self, upload_id: str, *, seconds: float = 60) -> list[dict[str, Any]]:
        """Return what the socket said until the upload ended."""
        said: list[dict[str, Any]] = []
        with self.socket(f"/ws/v1/uploads/{upload_id}/") as socket:
            while not said or said[-1].get("status") not in TERMINAL:
                said.append(json.loads(socket.recv(timeout=seconds)))
        return said

    def socket(self, path: str, *, seconds: float = 10) -> ClientConnection:
        """Connect as the page does; opening and closing may take so long each."""
        address = self.base_url.replace("http", "ws", 1)
        return connect(
            f"{address}{path}",
            subprotocols=[Subprotocol("ayni.v1"), Subprotocol(f"jwt.{self.token}")],
            open_timeout=seconds,
            close_timeout=seconds,
        )

    def close_code(self, path: str) -> int | None:
        """Return the code with which the server closes a socket at ``path``."""
        with self.socket(path) as socket:
            try:
                socket.recv(timeout=10)
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else None
        return None

    def sql(self, text: str, *arguments: Any) -> tuple[Any, ...]:
        """Return the first row of a query: what Postgres says, not what we say."""
        with psycopg.connect(self.database_url) as connection:
            row = connection.execute(text.encode(), arguments).fetchone()
        assert row is not None
        return row

    def landed(self) -> tuple[Any, ...]:
        return self.sql(
            "select count(*), coalesce(sum(quantity), 0), coalesce(sum(price_total), 0)"
            " from uploads_rawtransaction where company_id = %s",
            self.company_id,
        )


def assert_conserved(state: dict[str, Any], path: Path) -> None:
    """Count the records of a file that was sent and landed, without any of our code."""
    dialect = state["dialect"]
    writing = Writing(
        encoding=dialect["encoding"],
        delimiter=dialect["delimiter"],
        quote=dialect["quote"] or "",
        escape=dialect["escape"] or "",
        line_ending=dialect["line_ending"],
        width=len(dialect["header"]),
        first_line=dialect["header_line"] + 1,
        sheet=dialect["sheet"],
    )
    counted = count_records(path, writing)
    aside = state["rows_footnotes"] + state["rows_headers"]
    assert state["rows_read"] + aside == counted.records
    assert state["rows_blank"] == counted.blank


def open_shop(base_url: str, database_url: str, *, counts: bool = True) -> Shop:
    """Register a person, sign in and found a company, through the public API."""
    email = f"duena{next(NUMBERS)}.{os.getpid()}@tienda.example"
    with httpx.Client(base_url=f"{base_url}/api/v1", timeout=30) as api:
        person = {"email": email, "password": PASSWORD, "full_name": "Dueña"}
        made = api.post("/auth/register/", json=person)
        assert made.status_code == 201, made.text
        token = api.post("/auth/token/", json={"email": email, "password": PASSWORD})
        assert token.status_code == 200, token.text
        access = token.json()["access"]
        founded = api.post(
            "/companies/",
            json={"name": "Almacén Ñuñoa", "rut": new_rut(), "industry": "retail"},
            headers={"Authorization": f"Bearer {access}"},
        )
        assert founded.status_code == 201, founded.text
    return Shop(
        base_url=base_url,
        database_url=database_url,
        token=access,
        company_id=founded.json()["id"],
        email=email,
        counts=counts,
    )
