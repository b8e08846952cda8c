"""Unsafe settings stop the program with a sentence that says what to change."""

import multiprocessing
from collections.abc import Callable, Iterator
from typing import Any

import dramatiq
import pytest
import redis
from django.conf import UserSettingsHolder
from django.core.checks import run_checks
from dramatiq.broker import Consumer
from dramatiq.brokers.redis import _RedisConsumer
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import Retries
from pytest_django import Settings

from jobs import actorchecks
from jobs.actors import job_actor
from jobs.broker import HintBroker
from jobs.contradictions import contradictions
from jobs.fence import CurrentJob

TENANT = "01a22cb6-54a2-73f0-84da-0799289449ba"
NOWHERE = "redis://127.0.0.1:1/0"
PLACE: dict[str, Any] = {"url": NOWHERE, "namespace": "ayni", "middleware": []}


@pytest.fixture
def restore_broker() -> Iterator[None]:
    broker = dramatiq.get_broker()
    yield
    dramatiq.set_broker(broker)


def problems() -> list[str | None]:
    return [message.id for message in run_checks(tags=["jobs"])]


def test_the_settings_as_they_are_have_no_problem() -> None:
    assert problems() == []


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("AYNI_JOBS_LEASE_SECONDS", 0.5, "renewals every 0.17 s would be late"),
        ("AYNI_JOBS_TASKS_PER_CHILD", 0, "AYNI_JOBS_TASKS_PER_CHILD is 0"),
        ("AYNI_JOBS_TENANT_LIMIT", -1, "AYNI_JOBS_TENANT_LIMIT is -1"),
        ("AYNI_JOBS_SWEEP_SECONDS", 0, "AYNI_JOBS_SWEEP_SECONDS is 0"),
        ("AYNI_JOBS_CHILD_MEMORY_MB", 50, "a child takes about 80"),
        ("AYNI_JOBS_ACTORS", [], "no work that they know"),
        ("AYNI_JOBS_STOP_SECONDS", 20, "nothing would be handed back"),
        ("AYNI_JOBS_RESEND_SECONDS", 1, "sent again at every look"),
        ("AYNI_JOBS_HISTORY_DAYS", 0, "jobs are forgotten after 0 days"),
        ("AYNI_JOBS_AUDIT_DAYS", 7, "nobody would know who discarded one"),
        ("AYNI_JOBS_QUEUE_LIMITS", {"scales": 0}, "gives 'scales' 0"),
        ("AYNI_JOBS_TENANT_WEIGHTS", {TENANT: -2}, "-2"),
        ("AYNI_JOBS_TENANT_WEIGHTS", {TENANT: 0.5}, "0.5"),
        ("AYNI_JOBS_TENANT_WEIGHTS", {"acme": 2}, "'acme', which is no tenant's id"),
        ("AYNI_JOBS_TENANT_WEIGHTS", {TENANT.upper(): 2}, "which is no tenant's id"),
    ],
)
def test_a_setting_that_cannot_be_is_refused(
    settings: Settings, name: str, value: object, told: str
) -> None:
    setattr(settings, name, value)

    found = run_checks(tags=["jobs"])

    assert [told in message.msg for message in found] == [True]
    assert found[0].hint


def test_connections_that_are_kept_unchecked_are_refused(settings: Settings) -> None:
    other = UserSettingsHolder(settings)
    other.DATABASES = {"default": {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": False}}

    [problem] = contradictions(other)

    assert "each one costs a job its attempt" in problem.msg


def test_another_broker_is_refused(restore_broker: None) -> None:
    dramatiq.set_broker(StubBroker())

    assert problems() == ["jobs.E002"]


class ForkingMiddleware(dramatiq.Middleware):
    """As Dramatiq's Prometheus does it."""

    @property
    def forks(self) -> list[Callable[[], int]]:
        return [lambda: 0]


class GreedyBroker(HintBroker):
    """Fetches as Dramatiq does."""

    @property
    def consumer_class(self) -> type[Consumer]:
        return _RedisConsumer


@pytest.mark.parametrize(
    ("broker", "problem"),
    [
        (lambda: HintBroker(**{**PLACE, "middleware": [Retries()]}), "jobs.E003"),
        (
            lambda: HintBroker(**{**PLACE, "url": f"{NOWHERE}?socket_timeout=60"}),
            "jobs.E015",
        ),
        (
            lambda: HintBroker(**{**PLACE, "url": f"{NOWHERE}?socket_timeout=0"}),
            "jobs.E015",
        ),
        (lambda: GreedyBroker(**PLACE), "jobs.E017"),
        (
            lambda: HintBroker(**{**PLACE, "middleware": [ForkingMiddleware()]}),
            "jobs.E018",
        ),
    ],
)
def test_a_broker_that_does_more_than_carry_hints_is_refused(
    restore_broker: None, broker: Callable[[], HintBroker], problem: str
) -> None:
    dramatiq.set_broker(broker())

    assert problems() == [problem]


def test_a_client_that_tries_again_by_itself_is_refused(restore_broker: None) -> None:
    broker = HintBroker(**PLACE)
    broker.client = redis.Redis(socket_timeout=3, socket_connect_timeout=1)
    dramatiq.set_broker(broker)

    assert problems() == ["jobs.E016"]


def test_a_program_that_forks_is_refused() -> None:
    before = multiprocessing.get_start_method(allow_none=True)
    multiprocessing.set_start_method("fork", force=True)

    found = problems()

    multiprocessing.set_start_method(before, force=True)
    assert found == ["jobs.E019"]


def test_a_limit_of_a_queue_that_no_actor_has_is_refused(settings: Settings) -> None:
    settings.AYNI_JOBS_QUEUE_LIMITS = {"default": 1, "ours": 1, "scalse": 1}

    [problem] = actorchecks.limits_of_unknown_queues(("ours",))

    assert "'scalse', a queue that no actor has" in problem.msg


def test_a_soft_limit_that_is_never_reached_is_refused(restore_broker: None) -> None:
    dramatiq.set_broker(HintBroker(**PLACE))
    declare = job_actor(queue="scales", soft_limit_seconds=9, hard_limit_seconds=9)
    declare(weigh)

    [problem] = actorchecks.limits_never_reached()

    assert "weigh is 9 s and its hard one 9 s" in problem.msg


def weigh(job: CurrentJob) -> None:
    """Nothing: it is only declared."""


@pytest.mark.parametrize(
    "schedule",
    [
        {"actor": "weigh", "cron": "61 * * * *"},
        {"actor": "weigh", "cron": "0 3 31 2 *"},
        {"actor": "weigh", "cron": "0 3 * * *", "zone": "America/Narnia"},
        {"actor": "weigh"},
    ],
)
def test_a_schedule_without_a_time_is_refused(
    settings: Settings, schedule: dict[str, str]
) -> None:
    settings.AYNI_JOBS_SCHEDULES = {"weigh": schedule}

    assert problems() == ["jobs.E004"]
