"""A crew of real workers for the module that wants it, and jobs that need none."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from jobs import hooks, settle
from jobs.claim import Claim, claim_next
from jobs.failures import Failure
from jobs.hooks import Hooks, JobOutcome
from jobs.models import Job, Worker
from jobs.workers import identify
from tests.jobs.crews import Crew

MakeClaim = Callable[..., Claim]


@pytest.fixture(scope="module")
def crew(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Crew]:
    """Run workers on the test database, where other tests count none but their own."""
    folder = tmp_path_factory.mktemp("crew")
    with django_db_blocker.unblock():
        crew = Crew(folder, "--processes=2", "--threads=1", "--queues=quick,heavy")
    with crew:
        yield crew
        assert crew.stop() == 0
    # Their last words came after the last test's tables were emptied.
    with django_db_blocker.unblock():
        Worker.objects.all().delete()


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """The file that the work writes to."""
    path = tmp_path / "page"
    path.touch()
    return path


@pytest.fixture
def make_claim(db: None) -> MakeClaim:
    """Claim a new job of an actor that nobody declares."""

    def make(actor: str = "weigh", max_attempts: int = 4, **values: Any) -> Claim:
        job = Job.objects.create(actor=actor, queue="scales", **values)
        claim = claim_next(
            job.pk,
            allowances={actor: max_attempts},
            worker=identify(uuid.uuid4()),
        )
        assert claim is not None
        return claim

    return make


def claim_again(claim: Claim) -> Claim:
    """Lose the claim's worker, and let another one take the job."""
    lost = Failure(code="worker_lost", message="lost", is_permanent=False)
    settle.fail(claim.job_id, token=claim.token, failure=lost)
    again = claim_next(
        claim.job_id, allowances={claim.actor: 4}, worker=identify(uuid.uuid4())
    )
    assert again is not None
    return again


@pytest.fixture
def told() -> Iterator[list[tuple[str, JobOutcome]]]:
    """What the hooks of the actor ``weigh`` are told."""
    heard: list[tuple[str, JobOutcome]] = []

    def listen(moment: str) -> Callable[[JobOutcome], None]:
        return lambda outcome: heard.append((moment, outcome))

    hooks.register(
        "weigh",
        Hooks(
            on_success=listen("success"),
            on_failure=listen("failure"),
            on_retry=listen("retry"),
            on_cancel=listen("cancel"),
            on_requeue=listen("requeue"),
        ),
    )
    yield heard
    hooks.forget("weigh")
