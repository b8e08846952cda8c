"""The checker is checked: what clients and operators were told wrongly is noticed."""

from typing import Any

import httpx
import psycopg
import pytest

from tests.chaos.listening import Heard, untrue
from tests.chaos.operators import Operator, misled

UPLOAD, OTHER = "upload", "other"


def heard(sequence: int, percent: int, *, upload_id: str = UPLOAD) -> Heard:
    return Heard(
        upload_id=upload_id,
        sequence=sequence,
        status="processing",
        progress_percent=percent,
    )


def test_what_can_be_true_is_not_told() -> None:
    told = [heard(1, 0), heard(7, 5, upload_id=OTHER), heard(2, 60), heard(2, 60)]

    assert list(untrue(told, {UPLOAD: 1, OTHER: 0})) == []


def test_sequence_numbers_that_fall_are_told() -> None:
    assert list(untrue([heard(2, 10), heard(1, 20)], {UPLOAD: 1})) == [
        "I10 upload: sequence numbers fell"
    ]


@pytest.mark.parametrize(("attempts", "is_told"), [(0, True), (1, True), (2, False)])
def test_progress_falls_only_where_an_attempt_begins_anew(
    attempts: int, *, is_told: bool
) -> None:
    told = [heard(1, 60), heard(2, 5), heard(3, 90)]

    assert bool(list(untrue(told, {UPLOAD: attempts}))) is is_told


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["board", "metrics"])
def test_figures_that_the_tables_do_not_give_are_told(
    database: psycopg.Connection[Any], place: str
) -> None:
    """No job exists: whatever is said of one is wrong."""
    shown = {"board": 0, "metrics": 0, place: 3}
    board = "".join(
        f"<dt>{name}</dt><dd>{shown['board'] if name == 'Failed' else 0}</dd>"
        for name in ("Waiting", "Scheduled", "Running", "Failed")
    )
    sample = 'ayni_jobs{queue="default",actor="count",state="failed"}'
    metrics = f"{sample} {shown['metrics']}\n"

    def answer(request: httpx.Request) -> httpx.Response:
        is_board = request.url.path == "/ops/"
        return httpx.Response(200, text=board if is_board else metrics)

    client = httpx.Client(
        base_url="http://testserver", transport=httpx.MockTransport(answer)
    )
    word = {"board": "the board", "metrics": "a metric"}[place]
    assert list(misled(Operator(client=client), database)) == [
        f"I12 {word} shows 3 failed jobs; there are 0"
    ]
