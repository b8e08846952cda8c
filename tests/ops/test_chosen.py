"""Several jobs at once: those that were ticked, and the way back to the same list."""

import pytest
from structlog.testing import capture_logs

from jobs.models import Job
from jobs.pages import ActionFilter
from jobs.trail import actions_page
from ops.listing import PAGE_JOBS
from tests.ops.places import a_failed_job, a_job, an_operator

pytestmark = pytest.mark.django_db


def test_ticked_jobs_are_queued_again_and_no_others() -> None:
    ticked = [a_failed_job() for _ in range(2)]
    other = a_failed_job()

    answer = an_operator().post(
        "/ops/jobs/retry/", {"job": [job.pk for job in ticked]}, follow=True
    )

    assert set(Job.objects.filter(state="queued")) == set(ticked)
    assert Job.objects.get(pk=other.pk).state == "failed"
    assert "2 trabajos están de nuevo en la cola" in answer.content.decode()


def test_ticked_jobs_are_cancelled_and_what_had_ended_is_told() -> None:
    waiting, ended = a_job(), a_job(state="succeeded")

    answer = an_operator().post(
        "/ops/jobs/cancel/", {"job": [waiting.pk, ended.pk]}, follow=True
    )

    waiting.refresh_from_db()
    ended.refresh_from_db()
    assert (waiting.state, ended.state) == ("cancelled", "succeeded")
    assert "1 trabajo se canceló" in answer.content.decode()
    assert "1 trabajo quedó como está" in answer.content.decode()


def test_who_did_it_is_kept_as_one_action_and_logged() -> None:
    jobs = [a_failed_job() for _ in range(2)]
    client = an_operator()

    with capture_logs() as logs:
        client.post("/ops/jobs/retry/", {"job": [job.pk for job in jobs]})

    [action] = actions_page(ActionFilter()).actions
    assert (action.kind, action.jobs) == ("retry", 2)
    assert action.by_id == client.session["_auth_user_id"]
    [entry] = [log for log in logs if log["event"] == "ops_jobs_retried"]
    assert (entry["jobs"], entry["user_id"]) == (2, action.by_id)


@pytest.mark.parametrize("ticked", [[], ["nonsense"], ["\0"]])
def test_without_a_tick_nothing_is_done(ticked: list[str]) -> None:
    a_failed_job()

    answer = an_operator().post("/ops/jobs/retry/", {"job": ticked}, follow=True)

    assert "ningún trabajo estaba marcado" in answer.content.decode()
    assert not Job.objects.filter(state="queued").exists()


def test_no_more_than_a_page_can_be_ticked() -> None:
    jobs = [a_job() for _ in range(PAGE_JOBS + 1)]

    an_operator().post("/ops/jobs/cancel/", {"job": [job.pk for job in jobs]})

    assert Job.objects.filter(state="cancelled").count() == PAGE_JOBS


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ("?state=failed&queue=post", "/ops/jobs/?state=failed&queue=post"),
        ("", "/ops/jobs/?"),
        ("https://elsewhere.example/", "/ops/jobs/?"),
        ("?next=//elsewhere.example&state=failed", "/ops/jobs/?state=failed"),
    ],
)
def test_the_way_back_keeps_the_filters_and_leads_nowhere_else(
    back: str, expected: str
) -> None:
    answer = an_operator().post("/ops/jobs/retry/", {"back": back})

    assert answer["Location"] == expected


def test_each_row_can_be_ticked_and_the_form_holds_the_way_back() -> None:
    job = a_job(queue="post")

    page = an_operator().get("/ops/jobs/?queue=post").content.decode()

    assert f'form="chosen" name="job" value="{job.pk}"' in page
    assert 'name="back" value="?queue=post"' in page


def test_the_first_page_has_no_ticks() -> None:
    a_job()

    assert 'name="job"' not in an_operator().get("/ops/").content.decode()
