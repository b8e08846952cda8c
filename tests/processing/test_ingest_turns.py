"""Who comes second: uploads of one company take turns, and a cancel in between."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from accounts.models import Company
from processing.errors import SupersededError
from processing.ingest import ingest
from tests.processing.landing import (
    GOOD,
    Send,
    company_turn,
    held,
    landed,
    reread,
)
from uploads.models import Upload
from uploads.services import lifecycle
from uploads.states import Status

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("either_landing"),
]


def wait_for_a_merge_in_the_queue() -> None:
    deadline, pause = time.monotonic() + 10, threading.Event()
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            # Locks are those of the whole server, which other test processes use too.
            cursor.execute(
                "SELECT count(*) FROM pg_locks JOIN pg_database ON oid = database"
                " WHERE datname = current_database()"
                " AND locktype = 'advisory' AND NOT granted"
            )
            if cursor.fetchone() == (1,):
                return
            pause.wait(0.02)
    pytest.fail("no merge waited for its turn within 10 s")


def ingest_and_disconnect(upload: Upload) -> Status | None:
    try:
        return ingest(upload.pk, hold=held)
    finally:
        connection.close()


def test_an_upload_cancelled_meanwhile_lands_nothing(
    company: Company, send: Send
) -> None:
    upload = send(*GOOD)

    with ThreadPoolExecutor(1) as pool:
        with company_turn(company):
            attempt = pool.submit(ingest_and_disconnect, upload)
            wait_for_a_merge_in_the_queue()
            assert lifecycle.mark_cancelled(upload.pk)
        error = attempt.exception(timeout=10)

    assert isinstance(error, SupersededError)
    assert landed(company) == []
    assert reread(upload).status == Status.CANCELLED


def test_two_files_of_one_company_merge_one_after_the_other(
    company: Company, send: Send
) -> None:
    first, second = send(*GOOD), send(*GOOD[:2], "05-02-2024;B9;A;1;1")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(ingest_and_disconnect, [first, second]))

    totals = [reread(first), reread(second)]
    assert sum(kept.rows_inserted for kept in totals) == len(landed(company)) == 5
    assert sum(kept.rows_unchanged for kept in totals) == 2
