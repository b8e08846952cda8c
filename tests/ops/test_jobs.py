"""The list of jobs: filters and pages in the address, newest first, never jumping."""

import re

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jobs.states import State
from ops.listing import PAGE_JOBS, Asked, listing_of
from tests.ops.places import a_failed_job, a_job, a_worker, an_operator

pytestmark = pytest.mark.django_db

# Who asks (3), the page (1), names of queues (7), and for waiting jobs the workers (3),
# the pauses (1) and the line of each queue (3).
LIST_QUERIES = 11 + 3 + 1 + 3


def shown(client: Client, query: str = "") -> list[str]:
    page = client.get(f"/ops/jobs/{query}").content.decode()
    return re.findall(r'<tr id="job-([0-9a-f-]{36})"', page)


def asked(query: str) -> Asked:
    return Asked.of(QueryDict(query))


def test_jobs_are_listed_newest_first() -> None:
    jobs = [a_job() for _ in range(3)]

    assert shown(an_operator()) == [str(job.pk) for job in reversed(jobs)]


@pytest.mark.parametrize(
    "query",
    ["?state=failed", "?queue=post", "?actor=send_letter", "?state=failed&queue=post"],
)
def test_a_filter_shows_what_matches_and_nothing_else(query: str) -> None:
    a_job()
    wanted = a_failed_job(actor="send_letter", queue="post")

    assert shown(an_operator(), query) == [str(wanted.pk)]


@pytest.mark.parametrize("query", ["?state=nonsense", "?queue=%00", "?cursor=x&held=y"])
def test_what_cannot_be_understood_is_not_asked_for(query: str) -> None:
    job = a_job()

    assert shown(an_operator(), query) == [str(job.pk)]


def test_where_nothing_matches_the_way_back_is_shown() -> None:
    a_job()

    page = an_operator().get("/ops/jobs/?state=failed").content.decode()

    assert "Nada coincide" in page
    assert 'id="all-jobs" href="/ops/jobs/"' in page


def test_walking_the_pages_meets_each_job_once() -> None:
    jobs = {str(a_job().pk) for _ in range(2 * PAGE_JOBS + 1)}
    client, query, met = an_operator(), "?queue=chores", []

    while query:
        page = client.get(f"/ops/jobs/{query}").content.decode()
        met += re.findall(r'<tr id="job-([0-9a-f-]{36})"', page)
        following = re.search(r'rel="next" href="([^"]+)"', page)
        query = following[1].replace("&amp;", "&") if following else ""
        assert not query or "queue=chores" in query

    assert len(met) == len(jobs)
    assert set(met) == jobs


def test_a_refresh_shows_the_same_jobs_and_counts_the_newer_ones() -> None:
    first = listing_of(asked(""))
    old = [a_job() for _ in range(2)]
    first = listing_of(asked(""))
    for _ in range(3):
        a_job()

    again = listing_of(asked(f"held={first.held}"))

    assert [job.id for job in again.jobs] == [job.pk for job in reversed(old)]
    assert (again.newer, again.held) == (3, first.held)


def test_newer_jobs_count_only_where_they_match_the_filter() -> None:
    held = a_failed_job()
    a_job()
    a_failed_job()

    assert listing_of(asked(f"state=failed&held={held.pk}")).newer == 1


def test_more_newer_jobs_than_a_page_are_not_counted_to_the_end() -> None:
    held = a_job()
    for _ in range(PAGE_JOBS + 1):
        a_job()

    listing = listing_of(asked(f"held={held.pk}"))

    assert (listing.newer, listing.is_newer_capped) == (PAGE_JOBS, True)


def test_an_older_page_refreshes_as_itself() -> None:
    for _ in range(PAGE_JOBS + 1):
        a_job()
    cursor = listing_of(asked("")).next_cursor

    page = an_operator().get(f"/ops/jobs/?cursor={cursor}").content.decode()

    assert f'data-refresh="?cursor={cursor}"' in page


def test_every_state_has_a_chip_that_keeps_the_other_filters() -> None:
    page = an_operator().get("/ops/jobs/?queue=post").content.decode()

    for state in State:
        assert f'id="state-{state}" href="?state={state}&amp;queue=post"' in page


def test_what_is_typed_is_shown_as_text() -> None:
    page = an_operator().get("/ops/jobs/?actor=<script>").content.decode()

    assert 'value="&lt;script&gt;"' in page


def test_a_full_page_costs_as_many_queries_as_an_empty_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = an_operator()
    for _ in range(PAGE_JOBS):
        a_job()

    with django_assert_num_queries(LIST_QUERIES):
        client.get("/ops/jobs/")


def test_waiting_jobs_tell_their_places_in_the_list() -> None:
    a_worker()
    first, second = a_job(), a_job()
    a_job(state="running")

    waits = listing_of(asked("")).waits
    page = an_operator().get("/ops/jobs/").content.decode()

    assert {job_id: wait.position for job_id, wait in waits.items()} == {
        first.pk: 1,
        second.pk: 2,
    }
    assert page.count("lugar 1") == page.count("lugar 2") == 1


def test_failures_that_are_alike_can_be_listed() -> None:
    alike = a_failed_job(error_fingerprint="Bent in weigh")
    a_failed_job(error_fingerprint="Lost in weigh")

    client = an_operator()

    assert shown(client, "?state=failed&fingerprint=Bent+in+weigh") == [str(alike.pk)]
