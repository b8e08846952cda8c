"""Who did what: filters and pages in the address, and the parts of what is done."""

import re
import uuid

import pytest
from django.test import Client

from jobs.by import By
from jobs.deadletters import discard_alike
from jobs.pause import pause
from jobs.requeue import requeue, requeue_many
from ops.views import audit
from tests.ops.places import a_failed_job, a_tenant, an_operator

pytestmark = pytest.mark.django_db

ROSA = By(id="7", name="rosa@example.com")


def rows(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/ops/audit/{query}").content.decode()
    return re.findall(r'<tr id="action-.*?</tr>', page, re.DOTALL)


def test_what_was_done_is_shown_with_who_did_it() -> None:
    job = a_failed_job()
    requeue(job.pk, by=ROSA)

    [row] = rows(an_operator())

    assert "rosa@example.com" in row
    assert "Reintentado" in row
    assert f'href="/ops/jobs/{job.pk}/"' in row


def test_what_the_program_did_is_said_to_be_its_own() -> None:
    pause("chores")

    [row] = rows(an_operator())

    assert "el programa" in row
    assert "chores" in row


def test_an_action_on_many_jobs_leads_to_each_of_them() -> None:
    jobs = [a_failed_job(error_fingerprint="bent") for _ in range(2)]
    discard_alike("sweep_floor", fingerprint="bent", reason="a test", by=ROSA)
    client = an_operator()

    [row] = rows(client)
    address = re.search(r'href="(/ops/audit/[^"]+)"', row)
    assert address
    parts = client.get(address[1]).content.decode()

    assert "2 trabajos" in row
    assert "a test" in row
    assert parts.count('<tr id="action-') == 2
    assert all(f"/ops/jobs/{job.pk}/" in parts for job in jobs)


def test_an_action_that_does_not_exist_is_a_404() -> None:
    assert an_operator().get(f"/ops/audit/{uuid.uuid4()}/").status_code == 404


def test_people_of_a_company_do_not_see_it() -> None:
    pause("chores")

    assert a_tenant().get("/ops/audit/").status_code == 404
    assert a_tenant().get(f"/ops/audit/{uuid.uuid4()}/").status_code == 404


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?kind=pause", 1),
        ("?kind=nonsense", 2),
        ("?who=rosa", 1),
        ("?queue=chores", 2),
        ("?actor=sweep_floor", 1),
        ("?who=nobody", 0),
        ("?who=%00&queue=%00&cursor=x", 2),
    ],
)
def test_a_filter_shows_what_matches(query: str, count: int) -> None:
    requeue_many([a_failed_job().pk], by=ROSA)
    pause("chores")

    assert len(rows(an_operator(), query)) == count


def test_where_nothing_matches_the_way_back_is_shown() -> None:
    client = an_operator()

    assert "Nadie ha hecho nada todavía" in client.get("/ops/audit/").content.decode()
    page = client.get("/ops/audit/?who=rosa").content.decode()
    assert 'id="all-actions" href="/ops/audit/"' in page


def test_walking_the_pages_meets_each_action_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(audit, "PAGE_ACTIONS", 2)
    for number in range(5):
        pause(f"queue{number}")
    client, query, met = an_operator(), "?kind=pause", []

    while query:
        page = client.get(f"/ops/audit/{query}").content.decode()
        met += re.findall(r'<tr id="action-([0-9a-f-]{36})"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        query = following[1].replace("&amp;", "&") if following else ""

    assert len(met) == len(set(met)) == 5


def test_what_was_typed_is_shown_as_text() -> None:
    page = an_operator().get("/ops/audit/?who=<script>").content.decode()

    assert 'value="&lt;script&gt;"' in page
