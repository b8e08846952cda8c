"""Cancelling, retrying and deleting over HTTP, and who may."""

from typing import Any

import pytest

from accounts.roles import Role
from jobs.models import Job
from jobs.states import State
from jobs.trail import actions_on
from tests.accounts.people import Firm, a_member, api
from tests.uploads.api.test_sending import only_upload, send
from uploads.models import Upload
from uploads.states import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(firm: Firm) -> Upload:
    send(firm)
    return only_upload(firm)


def address(upload: Upload, end: str = "") -> str:
    return f"/api/v1/companies/{upload.company_id}/uploads/{upload.pk}/{end}"


def put(upload: Upload, **values: Any) -> None:
    Upload.objects.of(upload.company_id).update(**values)


def test_a_waiting_upload_is_cancelled_at_once_and_only_once(
    firm: Firm, sent: Upload
) -> None:
    first = firm.client.post(address(sent, "cancel/"))
    second = firm.client.post(address(sent, "cancel/"))

    assert (first.status_code, first.json()["status"]) == (200, "cancelled")
    assert (second.status_code, second.json()["code"]) == (
        409,
        "upload_not_cancellable",
    )


def test_an_upload_at_work_is_cancelled_soon(firm: Firm, sent: Upload) -> None:
    put(sent, status=Status.PROCESSING)
    Job.objects.update(state=State.RUNNING)

    answer = firm.client.post(address(sent, "cancel/"))

    assert (answer.status_code, answer.json()["status"]) == (202, "processing")


def test_a_reviewed_upload_is_retried_with_another_threshold(
    firm: Firm, sent: Upload
) -> None:
    put(sent, status=Status.NEEDS_REVIEW)
    Job.objects.update(state=State.SUCCEEDED)

    answer = firm.client.post(address(sent, "retry/"), {"quality_threshold": 0})

    assert (answer.status_code, answer.json()["status"]) == (202, "pending")
    assert answer.json()["quality_threshold"] == 0


def test_a_retry_needs_no_body(firm: Firm, sent: Upload) -> None:
    firm.client.post(address(sent, "cancel/"))

    assert firm.client.post(address(sent, "retry/")).status_code == 202
    assert Job.objects.get().state == State.QUEUED


def test_a_retry_of_what_has_not_failed_is_refused(firm: Firm, sent: Upload) -> None:
    answer = firm.client.post(address(sent, "retry/"))

    assert (answer.status_code, answer.json()["code"]) == (409, "upload_not_retryable")


@pytest.mark.parametrize(
    "changes", [{"quality_threshold": 101}, {"mapping": {"A": "b"}}, {"mapping": []}]
)
def test_a_retry_with_wrong_changes_is_refused(
    firm: Firm, sent: Upload, changes: dict[str, Any]
) -> None:
    answer = firm.client.post(address(sent, "retry/"), changes)

    assert answer.status_code == 400
    assert list(answer.json()["details"]) == list(changes)


def test_an_upload_is_deleted_once_it_has_ended(firm: Firm, sent: Upload) -> None:
    early = firm.client.delete(address(sent))
    firm.client.post(address(sent, "cancel/"))
    late = firm.client.delete(address(sent))

    assert (early.status_code, early.json()["code"]) == (409, "upload_not_deletable")
    assert late.status_code == 204
    assert firm.client.get(address(sent)).status_code == 404


@pytest.mark.parametrize(
    ("role", "may_upload", "may_delete"),
    [
        (Role.ADMIN, True, False),
        (Role.MANAGER, True, False),
        (Role.ANALYST, False, False),
        (Role.VIEWER, False, False),
    ],
)
def test_the_role_decides(
    firm: Firm,
    sent: Upload,
    role: Role,
    may_upload: bool,  # noqa: FBT001 - the expectation of a row of the table
    may_delete: bool,  # noqa: FBT001 - likewise
) -> None:
    client = api(a_member(firm.company, role).user)

    cancel = client.post(address(sent, "cancel/")).status_code
    retry = client.post(address(sent, "retry/")).status_code
    delete = client.delete(address(sent)).status_code

    assert [cancel, retry] == ([200, 202] if may_upload else [403, 403])
    assert (delete != 403) == may_delete


@pytest.mark.parametrize("end", ["cancel/", "retry/", ""])
def test_nobody_touches_anothers_upload(
    firm: Firm, other_firm: Firm, sent: Upload, end: str
) -> None:
    call = other_firm.client.post if end else other_firm.client.delete

    answers = [
        call(f"/api/v1/companies/{company}/uploads/{sent.pk}/{end}")
        for company in (firm.company_id, other_firm.company_id)
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content == answers[1].content
    assert only_upload(firm).status == Status.PENDING


@pytest.mark.parametrize("action", ["cancel", "retry"])
def test_who_cancelled_or_retried_an_upload_is_kept_with_its_job(
    firm: Firm, sent: Upload, action: str
) -> None:
    if action == "retry":
        firm.client.post(address(sent, "cancel/"))

    firm.client.post(address(sent, f"{action}/"))

    *_, last = actions_on(Job.objects.get().pk)
    owner = firm.owner.user
    assert (last.kind, last.by_id, last.by_name) == (
        action,
        str(owner.pk),
        owner.email,
    )
