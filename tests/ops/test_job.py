"""One job: what is shown of it, and what retry and cancel do to its row."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from structlog.testing import capture_logs

from jobs.models import Job, Progress, Result
from jobs.trail import actions_on
from tests.ops.places import a_failed_job, a_job, a_tenant, a_worker, an_operator

pytestmark = pytest.mark.django_db

# Who asks (3), the job, its attempts and what was done to it (3).
JOB_QUERIES = 6


def page_of(job: Job) -> str:
    return an_operator().get(f"/ops/jobs/{job.pk}/").content.decode()


def test_a_job_is_shown_with_its_attempts_and_their_tracebacks() -> None:
    page = page_of(a_failed_job())

    assert "shop_closed" in page
    assert "come back tomorrow" in page
    assert "till-7:4100" in page
    assert "in open_door" in page


def test_a_traceback_can_be_scrolled_with_the_keyboard() -> None:
    page = page_of(a_failed_job())

    assert 'id="trace-1" tabindex="0" role="region" aria-label=' in page


def test_secrets_are_hidden_in_arguments_and_tracebacks() -> None:
    page = page_of(a_failed_job(args={"api_key": "k-4711", "path": "a.csv"}))

    assert "a.csv" in page
    assert "k-4711" not in page
    assert "hunter2" not in page


def test_what_a_job_was_given_is_shown_as_text() -> None:
    page = page_of(a_job(args={"name": "<script>alert(1)</script>"}))

    assert "<script>alert" not in page


def test_what_the_work_returned_is_shown_without_its_secrets() -> None:
    job = a_job(state="succeeded")
    assert 'id="result"' not in page_of(job)
    later = timezone.now() + timedelta(hours=1)
    value = '{"rows":7,"api_key":"k-4711"}'
    Result.objects.create(job=job, value=value, expires_at=later)

    page = page_of(job)

    assert "rows&quot;: 7" in page.split('id="result"')[1]
    assert "k-4711" not in page


def test_a_job_that_tells_shows_how_far_it_is() -> None:
    job = a_job(state="running", attempts=1)
    assert 'id="progress"' not in page_of(job)
    Progress.objects.create(
        job=job,
        attempt=1,
        token=0,
        done=1250,
        total=5000,
        share=0.25,
        note="reading <b>",
        told_at=timezone.now(),
    )

    page = page_of(job).split('id="progress"')[1]

    assert 'max="1" value="0.25"' in page
    assert "1.250 de 5.000" in page
    assert "reading &lt;b&gt;" in page


@pytest.mark.parametrize("path", ["", "retry/", "cancel/"])
def test_a_job_that_does_not_exist_is_a_404(path: str) -> None:
    client = an_operator()
    send = client.post if path else client.get

    assert send(f"/ops/jobs/{uuid.uuid4()}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("values", "may_retry", "may_cancel"),
    [
        ({"state": "queued"}, False, True),
        ({"state": "scheduled"}, False, True),
        ({"state": "running"}, False, True),
        ({"state": "running", "cancel_requested_at": timezone.now()}, False, False),
        ({"state": "succeeded"}, False, False),
        ({"state": "failed"}, True, False),
        ({"state": "cancelled"}, True, False),
    ],
)
def test_only_what_can_be_done_is_offered(
    values: dict[str, object], *, may_retry: bool, may_cancel: bool
) -> None:
    page = page_of(a_job(**values))

    assert ('id="retry-open"' in page) is may_retry
    assert ('id="cancel-open"' in page) is may_cancel


@pytest.mark.parametrize("dialog", ["retry", "cancel"])
def test_a_dialog_names_the_job(dialog: str) -> None:
    job = a_failed_job()

    title = page_of(job).split(f'id="{dialog}-title">')[1].split("<")[0]

    assert f"sweep_floor …{str(job.pk)[-8:]}" in title


def test_a_retried_job_is_queued_again() -> None:
    job = a_failed_job()

    answer = an_operator().post(f"/ops/jobs/{job.pk}/retry/", follow=True)

    job.refresh_from_db()
    assert (job.state, job.error_code) == ("queued", "")
    assert "sweep_floor está de nuevo en la cola" in answer.content.decode()


def test_a_waiting_job_is_cancelled() -> None:
    job = a_job()

    answer = an_operator().post(f"/ops/jobs/{job.pk}/cancel/", follow=True)

    job.refresh_from_db()
    assert job.state == "cancelled"
    assert "cancelado antes de empezar" in answer.content.decode()


def test_a_failed_job_is_discarded_for_a_reason() -> None:
    job = a_failed_job()

    answer = an_operator().post(
        f"/ops/jobs/{job.pk}/discard/", {"reason": " a test "}, follow=True
    )

    job.refresh_from_db()
    assert (job.state, job.discard_reason) == ("cancelled", "a test")
    assert "sweep_floor se descartó" in answer.content.decode()
    assert "<q>a test</q>" in answer.content.decode()


@pytest.mark.parametrize(
    ("state", "reason"), [("failed", " "), ("failed", "\0"), ("queued", "a test")]
)
def test_nothing_is_discarded_without_a_reason_or_before_it_failed(
    state: str, reason: str
) -> None:
    job = a_job(state=state)

    answer = an_operator().post(
        f"/ops/jobs/{job.pk}/discard/", {"reason": reason}, follow=True
    )

    job.refresh_from_db()
    assert job.state == state
    assert "No se hizo nada" in answer.content.decode()


@pytest.mark.parametrize("state", ["queued", "running", "succeeded", "cancelled"])
def test_only_what_failed_can_be_discarded(state: str) -> None:
    assert 'id="discard-open"' not in page_of(a_job(state=state))


def test_a_waiting_job_tells_its_place_and_what_holds_it_back() -> None:
    a_worker()
    first, second = a_job(), a_job()
    elsewhere = a_job(queue="nobodys")
    later = a_job(state="scheduled", run_at=timezone.now() + timedelta(hours=1))

    assert "Lugar 1 en la fila" in page_of(first)
    assert "Lugar 2 en la fila" in page_of(second)
    assert "Ningún worker toma de su cola" in page_of(elsewhere)
    assert "Todavía no es su hora" in page_of(later)
    assert 'id="wait"' not in page_of(a_job(state="running"))


def test_a_running_job_is_asked_to_stop() -> None:
    job = a_job(state="running")

    answer = an_operator().post(f"/ops/jobs/{job.pk}/cancel/", follow=True)

    job.refresh_from_db()
    assert job.state == "running"
    assert job.cancel_requested_at is not None
    assert "Deteniéndose" in answer.content.decode()


@pytest.mark.parametrize(
    ("action", "state"), [("retry", "running"), ("cancel", "failed")]
)
def test_whoever_comes_too_late_changes_nothing_and_is_told(
    action: str, state: str
) -> None:
    job = a_job(state=state)

    answer = an_operator().post(f"/ops/jobs/{job.pk}/{action}/", follow=True)

    job.refresh_from_db()
    assert (job.state, job.cancel_requested_at) == (state, None)
    assert "No se hizo nada" in answer.content.decode()


@pytest.mark.parametrize(
    ("action", "state", "event"),
    [
        ("retry", "failed", "ops_job_retried"),
        ("cancel", "queued", "ops_job_cancelled"),
    ],
)
def test_who_did_what_to_which_job_is_logged(
    action: str, state: str, event: str
) -> None:
    job, client = a_job(state=state), an_operator()

    with capture_logs() as logs:
        client.post(f"/ops/jobs/{job.pk}/{action}/")

    [entry] = [log for log in logs if log["event"].startswith("ops_")]
    assert entry["event"] == event
    assert entry["job_id"] == str(job.pk)
    assert entry["user_id"] == client.session["_auth_user_id"]


def test_what_changed_nothing_is_not_logged_as_done() -> None:
    job = a_job(state="succeeded")

    with capture_logs() as logs:
        an_operator().post(f"/ops/jobs/{job.pk}/retry/")

    assert not [log for log in logs if log["event"].startswith("ops_")]


def test_a_traceback_is_not_for_people_of_a_company() -> None:
    job = a_failed_job()

    answer = a_tenant().get(f"/ops/jobs/{job.pk}/")

    assert "open_door" not in answer.content.decode()


def test_a_job_costs_as_many_queries_as_it_has_parts(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client, job = an_operator(), a_failed_job()

    with django_assert_num_queries(JOB_QUERIES):
        client.get(f"/ops/jobs/{job.pk}/")


@pytest.mark.parametrize(
    ("action", "state"), [("retry", "failed"), ("cancel", "queued")]
)
def test_who_did_what_is_kept(action: str, state: str) -> None:
    job, client = a_job(state=state), an_operator()

    page = client.post(f"/ops/jobs/{job.pk}/{action}/", follow=True)

    [done] = actions_on(job.pk)
    person = page.wsgi_request.user
    assert (done.kind, done.by_id) == (action, str(person.pk))
    assert done.by_name == person.get_username()
