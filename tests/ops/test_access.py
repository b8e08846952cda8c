"""Staff and nobody else: to other people the pages do not exist."""

import uuid
from collections.abc import Callable

import pytest
from django.db import OperationalError, connection
from django.test import Client

from jobs.models import Job
from tests.ops.places import a_job, a_tenant, an_operator

pytestmark = pytest.mark.django_db

READING = (
    "/ops/",
    "/ops/jobs/",
    "/ops/jobs/{id}/",
    "/ops/failures/",
    "/ops/audit/",
)
ACTING = (
    "/ops/jobs/retry/",
    "/ops/jobs/cancel/",
    "/ops/jobs/{id}/discard/",
    "/ops/failures/retry/",
    "/ops/failures/discard/",
    "/ops/jobs/{id}/retry/",
    "/ops/jobs/{id}/cancel/",
    "/ops/queues/chores/pause/",
    "/ops/queues/chores/resume/",
)


@pytest.mark.parametrize("path", READING)
def test_staff_see_the_pages(path: str) -> None:
    answer = an_operator().get(path.format(id=a_job().pk))

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
@pytest.mark.parametrize("path", [*READING, *ACTING])
def test_to_people_of_a_company_they_do_not_exist(path: str, method: str) -> None:
    job = a_job()

    answer = getattr(a_tenant(), method)(path.format(id=job.pk))

    assert answer.status_code == 404
    assert Job.objects.get(pk=job.pk).state == "queued"


@pytest.mark.parametrize("path", [*READING, *ACTING])
def test_leaving_the_last_slash_out_opens_nothing(path: str) -> None:
    address = path.format(id=a_job().pk).removesuffix("/")

    answer = a_tenant().get(address, follow=True)

    assert answer.status_code == 404


@pytest.mark.parametrize("path", READING)
def test_strangers_are_sent_to_the_sign_in_page_and_back(path: str) -> None:
    address = path.format(id=uuid.uuid4())

    answer = Client().get(address)

    assert answer.status_code == 302
    assert answer["Location"] == f"/login/?next={address}"


@pytest.mark.parametrize("path", ACTING)
def test_a_strangers_action_is_not_repeated_after_signing_in(path: str) -> None:
    job = a_job()

    answer = Client().post(path.format(id=job.pk))

    assert answer["Location"] == "/login/?next=/ops/"
    assert Job.objects.get(pk=job.pk).state == "queued"


@pytest.mark.parametrize("path", ACTING)
def test_reading_changes_nothing_whatever_method_it_claims_to_be(path: str) -> None:
    job = a_job()

    answer = an_operator().get(
        path.format(id=job.pk) + "?_method=POST",
        headers={"X-HTTP-Method-Override": "POST"},
    )

    assert answer.status_code == 405
    assert Job.objects.get(pk=job.pk).state == "queued"


@pytest.mark.parametrize("path", ACTING)
def test_a_form_of_another_site_does_nothing(path: str) -> None:
    job = a_job()
    client = an_operator()
    client.handler.enforce_csrf_checks = True

    answer = client.post(path.format(id=job.pk))

    assert answer.status_code == 403
    assert Job.objects.get(pk=job.pk).state == "queued"


def test_somebody_who_no_longer_is_staff_is_out_at_once() -> None:
    client = an_operator()
    client.get("/ops/")
    person = client.get("/ops/").wsgi_request.user
    person.is_staff = False
    person.save()

    assert client.get("/ops/").status_code == 404


@pytest.mark.parametrize("path", READING)
def test_without_the_database_the_page_says_so_and_shows_no_number(path: str) -> None:
    client = an_operator()
    address = path.format(id=a_job().pk)

    with connection.execute_wrapper(gone):
        answer = client.get(address)

    assert answer.status_code == 503
    assert "La base de datos no responde" in answer.content.decode()
    assert "<dd>" not in answer.content.decode()


def gone(*_arguments: object) -> Callable[..., object]:
    raise OperationalError("server closed the connection")
