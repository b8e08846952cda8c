"""Whatever is done to Valkey: every job still runs, once.

One worker thread is kept busy, so that the other jobs are messages in Valkey, and only
that, when it happens.
"""

import shutil
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import redis
from pytest_django import DjangoDbBlocker

from ayni.localstack import valkey
from ayni.localstack.addresses import Addresses
from ayni.localstack.folderlock import FolderLock
from ayni.localstack.keeper import Keeper
from ayni.localstack.postgres import Durability
from ayni.localstack.services import start
from ayni.localstack.valkey import EmbeddedValkey
from jobs.models import Job, Worker
from tests.jobs.crews import Crew
from tests.jobs.following import START_SECONDS, first_line, lines
from tests.jobs.schedulers import SchedulerProcess
from tests.jobs.waiting import until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.xdist_group("valkey"),
]

QUEUE = "post"
JOBS = 20


class Place:
    """A Valkey that keeps what it is told on disk, and can be treated badly."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._addresses = Addresses.invent()
        self._lock = FolderLock.acquire(folder)
        self._keeper = Keeper(lock_descriptor=self._lock.descriptor)
        self.url = self._addresses.redis_url
        self.start()

    def start(self) -> None:
        server = EmbeddedValkey(
            self._folder, self._addresses, durability=Durability.DURABLE
        )
        start(self._keeper, server)

    def stop(self) -> None:
        self._keeper.stop(valkey.NAME)

    def forget(self) -> None:
        shutil.rmtree(self._folder / valkey.NAME)

    def close(self) -> None:
        self._keeper.stop_all()
        self._lock.release()

    def client(self) -> "redis.Redis":
        return redis.Redis.from_url(self.url)


@pytest.fixture(scope="module")
def place(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Place]:
    """A Valkey of their own for one worker thread and a scheduler."""
    folder = tmp_path_factory.mktemp("place")
    valkey_place = Place(tmp_path_factory.mktemp("valkey"))
    extra = {
        "REDIS_URL": valkey_place.url,
        "AYNI_JOBS_SWEEP_SECONDS": "0.2",
        "AYNI_JOBS_RESEND_SECONDS": "0.5",
        # Only a lost message may be why something is late.
        "AYNI_JOBS_LEASE_SECONDS": "600",
    }
    options = ("--processes=1", "--threads=1", f"--queues={QUEUE}")
    with django_db_blocker.unblock():
        crew = Crew(folder, *options, **extra)
        scheduler = SchedulerProcess(folder, "scheduler", **extra)
    with crew, scheduler:
        yield valkey_place
        crew.stop()
    valkey_place.close()
    with django_db_blocker.unblock():
        Worker.objects.all().delete()


def wipe(place: Place) -> None:
    with place.client() as client:
        client.flushall()


def stop_and_start(place: Place) -> None:
    place.stop()
    place.start()


def replace(place: Place) -> None:
    place.stop()
    place.forget()
    place.start()


def begin(page: Path) -> list[uuid.UUID]:
    """Write jobs that nobody sends but the scheduler, and return them."""
    jobs = [
        Job(actor="note", queue=QUEUE, args={"path": str(page)}) for _ in range(JOBS)
    ]
    return [job.pk for job in Job.objects.bulk_create(jobs)]


@pytest.mark.parametrize("fault", [wipe, stop_and_start, replace])
def test_every_job_runs_once(
    place: Place, tmp_path: Path, fault: Callable[[Place], None]
) -> None:
    gate, busy, page = tmp_path / "gate", tmp_path / "busy", tmp_path / "page"
    args = {"path": str(busy), "effect": str(tmp_path / "effect"), "gate": str(gate)}
    Job.objects.create(actor="write_behind_fence", queue=QUEUE, args=args)
    first_line(busy)
    jobs = begin(page)
    until(lambda: not Job.objects.filter(pk__in=jobs, sent_at=None).exists())

    fault(place)
    jobs += begin(page)
    gate.touch()

    until(
        lambda: page.exists() and len(lines(page)) >= len(jobs), seconds=START_SECONDS
    )
    until(
        lambda: not Job.objects.exclude(state="succeeded").exists(),
        seconds=START_SECONDS,
    )
    ran = Counter(line.split()[0] for line in lines(page))
    assert ran == {str(job_id): 1 for job_id in jobs}
    assert set(Job.objects.values_list("attempts", flat=True)) == {1}
