"""Unsafe settings stop the program with a sentence that says what to change."""

from collections.abc import Iterator

import dramatiq
import pytest
from django.core.checks import run_checks
from dramatiq.brokers.stub import StubBroker
from dramatiq.middleware import Retries
from pytest_django import Settings

from jobs.broker import HintBroker


@pytest.fixture
def restore_broker() -> Iterator[None]:
    broker = dramatiq.get_broker()
    yield
    dramatiq.set_broker(broker)


def problems() -> list[str | None]:
    return [message.id for message in run_checks(tags=["jobs"])]


def test_the_settings_as_they_are_have_no_problem() -> None:
    assert problems() == []


def test_a_lease_its_heartbeat_cannot_keep_is_refused(
    settings: Settings,
) -> None:
    settings.AYNI_JOBS_LEASE_SECONDS = 0.5

    assert problems() == ["jobs.E001"]


def test_another_broker_is_refused(restore_broker: None) -> None:
    dramatiq.set_broker(StubBroker())

    assert problems() == ["jobs.E002"]


def test_a_second_retry_is_refused(restore_broker: None) -> None:
    dramatiq.set_broker(
        HintBroker(
            url="redis://127.0.0.1:1/0", namespace="ayni", middleware=[Retries()]
        )
    )

    assert problems() == ["jobs.E003"]


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
