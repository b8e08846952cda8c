"""Failures by kind: what is shown, and what is done to all that are alike."""

import pytest
from pytest_django import DjangoAssertNumQueries

from jobs.models import Job
from jobs.pages import ActionFilter
from jobs.trail import actions_page
from ops.views import failures
from tests.ops.places import a_failed_job, an_operator

pytestmark = pytest.mark.django_db

BENT = "shop.BentError in shop.weigh"
ALIKE = {"actor": "sweep_floor", "fingerprint": BENT}
# Who asks (3), the kinds and how many are of each (2).
FAILURES_QUERIES = 5


def page() -> str:
    return an_operator().get("/ops/failures/").content.decode()


def test_failures_are_shown_by_what_they_died_of() -> None:
    first = a_failed_job(error_fingerprint=BENT)
    latest = a_failed_job(error_fingerprint=BENT)
    a_failed_job(actor="weigh", error_fingerprint=BENT)

    shown = page()

    assert shown.count('<tr id="kind-') == 2
    assert BENT in shown
    assert f'href="/ops/jobs/{latest.pk}/"' in shown
    assert f'href="/ops/jobs/{first.pk}/"' not in shown
    assert "¿Reintentar 2 fallas de sweep_floor?" in shown
    assert "¿Reintentar 1 falla de weigh?" in shown


def test_secrets_and_markup_in_messages_are_not_shown_as_such() -> None:
    job = a_failed_job(error_fingerprint="<script>")
    Job.objects.filter(pk=job.pk).update(error_message="password=hunter2 <b>")

    shown = page()

    assert "hunter2" not in shown
    assert "<script>alert" not in shown
    assert "&lt;script&gt;" in shown


def test_where_nothing_failed_that_is_said() -> None:
    assert "Nada ha fallado" in page()


def test_all_of_a_kind_are_queued_again() -> None:
    alike = {a_failed_job(error_fingerprint=BENT).pk for _ in range(2)}
    a_failed_job(error_fingerprint="another")

    answer = an_operator().post("/ops/failures/retry/", ALIKE, follow=True)

    queued = Job.objects.filter(state="queued").values_list("pk", flat=True)
    assert set(queued) == alike
    assert "2 trabajos están de nuevo en la cola" in answer.content.decode()
    [action] = actions_page(ActionFilter()).actions
    assert (action.kind, action.jobs, action.fingerprint) == ("retry", 2, BENT)
    assert action.by_name == answer.wsgi_request.user.get_username()


def test_more_than_can_be_waited_for_are_queued_in_turns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(failures, "RETRIED_AT_ONCE", 1)
    for _ in range(2):
        a_failed_job(error_fingerprint=BENT)
    client = an_operator()

    first = client.post("/ops/failures/retry/", ALIKE, follow=True).content.decode()
    second = client.post("/ops/failures/retry/", ALIKE, follow=True).content.decode()

    assert "Quedan más" in first
    assert "Quedan más" not in second
    assert Job.objects.filter(state="queued").count() == 2


def test_all_of_a_kind_are_discarded_for_a_reason() -> None:
    a_failed_job(error_fingerprint=BENT)
    other = a_failed_job(error_fingerprint="another")

    answer = an_operator().post(
        "/ops/failures/discard/", {**ALIKE, "reason": "a test"}, follow=True
    )

    assert "1 trabajo fallido se descartó" in answer.content.decode()
    assert [job.pk for job in Job.objects.filter(state="failed")] == [other.pk]
    [action] = actions_page(ActionFilter()).actions
    assert (action.kind, action.reason) == ("discard", "a test")


def test_without_a_reason_nothing_is_discarded() -> None:
    a_failed_job(error_fingerprint=BENT)

    answer = an_operator().post("/ops/failures/discard/", ALIKE, follow=True)

    assert "falta un motivo" in answer.content.decode()
    assert Job.objects.get().state == "failed"


@pytest.mark.parametrize("action", ["retry", "discard"])
def test_a_kind_that_is_no_more_changes_nothing(action: str) -> None:
    answer = an_operator().post(
        f"/ops/failures/{action}/", {**ALIKE, "reason": "a test"}, follow=True
    )

    assert "No se hizo nada" in answer.content.decode()


def test_kinds_beyond_a_pages_end_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(failures, "KINDS_SHOWN", 1)
    for name in ("one", "two", "three"):
        a_failed_job(error_fingerprint=name)

    assert "No se muestran 2 tipos más antiguos" in page()


def test_many_kinds_cost_as_many_queries_as_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = an_operator()
    for number in range(20):
        a_failed_job(error_fingerprint=str(number))

    with django_assert_num_queries(FAILURES_QUERIES):
        client.get("/ops/failures/")
