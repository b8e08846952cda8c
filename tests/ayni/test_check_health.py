import socket
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from jobs.ids import new_id
from jobs.models import Worker

pytestmark = pytest.mark.django_db


def a_worker(*, host: str, silent_seconds: float) -> None:
    Worker.objects.create(
        id=new_id(),
        host=host,
        pid=1,
        threads=2,
        last_seen_at=timezone.now() - timedelta(seconds=silent_seconds),
    )


def test_a_worker_of_this_host_that_was_just_seen_is_well() -> None:
    a_worker(host=socket.gethostname(), silent_seconds=0)

    call_command("check_health", "worker")


@pytest.mark.parametrize(
    ("host", "silent_seconds"),
    [(socket.gethostname(), 3600), ("another.host", 0)],
    ids=["silent", "elsewhere"],
)
def test_a_silent_worker_or_one_of_another_host_is_no_sign_of_life(
    host: str, silent_seconds: float
) -> None:
    a_worker(host=host, silent_seconds=silent_seconds)

    with pytest.raises(CommandError):
        call_command("check_health", "worker")


def test_without_a_scheduler_nobody_leads() -> None:
    with pytest.raises(CommandError):
        call_command("check_health", "scheduler")
