"""What operators are shown, against what the tables say (I12)."""

import contextlib
import dataclasses
import re
from collections.abc import Iterator, Mapping

import httpx
import psycopg

from tests.chaos.database import Asked
from tests.flows.client import PASSWORD, Shop, open_shop

# A page is read between two looks at the tables that agree, or not judged.
LOOKS = 10
STATES = {
    "Waiting": "queued",
    "Scheduled": "scheduled",
    "Running": "running",
    "Failed": "failed",
}
COUNTS = """
    SELECT state, count(*) FROM jobs_job WHERE state = ANY(%s) GROUP BY state
"""
FIGURE = re.compile(r"<dt>(?P<name>[^<]+)</dt><dd>(?P<figure>[^<]+)</dd>")
SAMPLE = re.compile(r'(?m)^ayni_jobs\{.*state="(?P<state>\w+)".*\} (?P<count>\d+)')
OK, UNAVAILABLE = 200, 503


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Somebody of the staff who is signed in."""

    client: httpx.Client

    def board(self) -> httpx.Response:
        return self.client.get("/ops/")


def sign_in(shop: Shop, database_url: str) -> Operator:
    """Make the owner of a company one of the staff and sign in through the page."""
    with psycopg.connect(database_url) as connection:
        connection.execute(
            "UPDATE accounts_user SET is_staff = true WHERE email = %s", [shop.email]
        )
    client = httpx.Client(
        base_url=shop.base_url, headers={"Accept-Language": "en"}, timeout=30
    )
    client.get("/login/")
    answer = client.post(
        "/login/",
        data={
            "email": shop.email,
            "password": PASSWORD,
            "csrfmiddlewaretoken": client.cookies["csrftoken"],
        },
    )
    assert answer.is_redirect, answer.text
    return Operator(client=client)


def new_operator(base_url: str, database_url: str) -> Operator:
    """Register somebody, make them staff and sign in."""
    return sign_in(open_shop(base_url, database_url), database_url)


def misled(operator: Operator, database: Asked) -> Iterator[str]:
    """Yield a sentence for each figure of the board that the tables do not give (I12).

    The metrics are held to the same.
    """
    for _ in range(LOOKS):
        before = _counts(database)
        shown = _figures(operator.board())
        measured = _samples(operator.client.get("/ops/metrics"))
        if before == _counts(database):
            yield from _differences("the board", shown, before)
            yield from _differences("a metric", measured, before)
            return
    yield f"I12 the tables did not rest for {LOOKS} looks"


def silent_about_absence(operator: Operator) -> Iterator[str]:
    """Yield a sentence if the board neither knows nor says that it cannot (I12).

    To be asked while Postgres is away; it may be back before the question arrives.
    """
    with contextlib.suppress(httpx.TransportError):
        status = operator.board().status_code
        if status not in {OK, UNAVAILABLE}:
            yield f"I12 the board was answered {status} while Postgres was away"


def _counts(database: Asked) -> dict[str, int]:
    found = dict(database.execute(COUNTS, [list(STATES.values())]).fetchall())
    return {state: found.get(state, 0) for state in STATES.values()}


def _figures(page: httpx.Response) -> dict[str, int]:
    assert page.status_code == OK, page.status_code
    found = {match["name"]: match["figure"] for match in FIGURE.finditer(page.text)}
    return {
        state: int(re.sub(r"\D", "", found[name])) for name, state in STATES.items()
    }


def _samples(answer: httpx.Response) -> dict[str, int]:
    counts = dict.fromkeys(STATES.values(), 0)
    for match in SAMPLE.finditer(answer.text):
        if match["state"] in counts:
            counts[match["state"]] += int(match["count"])
    return counts


def _differences(
    place: str, shown: Mapping[str, int], counts: Mapping[str, int]
) -> Iterator[str]:
    for state, count in counts.items():
        if shown[state] != count:
            yield f"I12 {place} shows {shown[state]} {state} jobs; there are {count}"
