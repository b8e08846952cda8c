"""The actors: that each does its one call, and that whoever names one finds it."""

import datetime as dt
import inspect
import uuid
from pathlib import Path

import dramatiq
import pytest
from django.conf import LazySettings, settings
from django.utils import timezone

from accounts.models import Company
from jobs.actors import JobActor
from jobs.errors import LeaseLostError
from jobs.fence import CurrentJob
from jobs.models import Job
from jobs.policy import Place
from jobs.states import State
from processing import actors
from uploads import dispatch, storage
from uploads.models import RawTransaction, Upload

CONTENT = b"Fecha;Boleta;SKU;Cantidad;Total\r\n05-01-2024;B1;A;2;1.990,50\r\n"
OLD = timezone.now() - dt.timedelta(days=400)


@pytest.fixture
def upload(settings: LazySettings, tmp_path: Path) -> Upload:
    settings.AYNI_STORAGE_DIR = tmp_path
    stored = storage.save_stream([CONTENT], limit_bytes=1 << 20)
    return Upload.objects.create(
        company=Company.objects.create(name="Almacén", rut="76.086.428-5"),
        original_name="ventas.csv",
        stored_name=stored.stored_name,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        quality_threshold=0,
    )


def running_job(*, token: int = 1) -> CurrentJob:
    """Return a job as claimed; with another ``token`` somebody else has it by now."""
    job = Job.objects.create(
        actor="process_upload", queue="processing", state=State.RUNNING, token=1
    )
    return CurrentJob(job_id=job.pk, attempt=1, token=token)


def rows_of(upload: Upload) -> int:
    return RawTransaction.objects.of(upload.company_id).count()


@pytest.mark.django_db(transaction=True)
def test_processing_lands_the_upload_once_however_often_it_runs(
    upload: Upload,
) -> None:
    for _ in range(2):
        actors.process_upload.fn(running_job(), upload_id=str(upload.pk))

    assert rows_of(upload) == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_lost_the_lease_lands_nothing(upload: Upload) -> None:
    with pytest.raises(LeaseLostError):
        actors.process_upload.fn(running_job(token=0), upload_id=str(upload.pk))

    assert rows_of(upload) == 0


@pytest.mark.django_db(transaction=True)
def test_cleaning_up_removes_the_file_and_keeps_the_rows(upload: Upload) -> None:
    actors.process_upload.fn(running_job(), upload_id=str(upload.pk))
    Upload.objects.across_tenants().update(finished_at=OLD)

    actors.cleanup_old_uploads.fn(running_job())

    assert not storage.open_path(upload.stored_name).exists()
    assert rows_of(upload) == 1


@pytest.mark.django_db
def test_a_health_check_comes_through() -> None:
    job = CurrentJob(job_id=uuid.uuid4(), attempt=1, token=1)

    assert actors.health_check.fn(job) is None


def test_only_uploads_need_a_process_that_can_be_killed() -> None:
    places = {
        actor.actor_name: actor.policy.place
        for actor in (
            actors.process_upload,
            actors.cleanup_old_uploads,
            actors.health_check,
        )
    }

    assert places == {
        "process_upload": Place.CHILD,
        "cleanup_old_uploads": Place.THREAD,
        "health_check": Place.THREAD,
    }


def actor_named(name: str) -> JobActor:
    actor = dramatiq.get_broker().get_actor(name)
    assert isinstance(actor, JobActor)
    return actor


def test_uploads_are_sent_to_the_queue_their_actor_listens_to() -> None:
    assert actor_named(dispatch.ACTOR).queue_name == dispatch.QUEUE


@pytest.mark.parametrize("name", sorted(settings.AYNI_JOBS_SCHEDULES))
def test_a_schedule_names_an_actor_that_takes_what_it_is_sent(name: str) -> None:
    schedule = settings.AYNI_JOBS_SCHEDULES[name]

    actor = actor_named(schedule["actor"])

    assert actor.queue_name == schedule["queue"]
    inspect.signature(actor.fn).bind(object(), **schedule["args"])
