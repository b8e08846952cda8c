"""Settings that contradict each other stop the program before it loses a job."""

from typing import Any

import dramatiq
from cronsim import CronSimError
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils import timezone

from jobs import cron
from jobs.broker import HintBroker
from jobs.lease import TICK_SECONDS, beat_seconds

# What would do a second time, and differently, what the job's row does.
RIVALS = ("Retries", "TimeLimit", "AgeLimit", "Callbacks", "Results", "Pipelines")


@register("jobs")
def check_lease(**_: object) -> list[CheckMessage]:
    """Refuse a lease that its heartbeat could not keep."""
    if beat_seconds() > TICK_SECONDS / 2:
        return []
    return [
        Error(
            f"AYNI_JOBS_LEASE_SECONDS is {settings.AYNI_JOBS_LEASE_SECONDS}; renewals"
            f" every {beat_seconds():.2f} s would be late",
            hint=f"Set it to at least {2 * TICK_SECONDS:.0f}.",
            id="jobs.E001",
        )
    ]


@register("jobs")
def check_broker(**_: object) -> list[CheckMessage]:
    """Refuse a broker that retries, waits or prefetches by itself."""
    broker = dramatiq.get_broker()
    if not isinstance(broker, HintBroker):
        return [
            Error(
                f"the broker is {type(broker).__name__}",
                hint='Set DRAMATIQ_BROKER["BROKER"] to "jobs.broker.HintBroker".',
                id="jobs.E002",
            )
        ]
    return [
        Error(
            f"Dramatiq's {type(each).__name__} is on; the job's row does that",
            hint='Take it out of DRAMATIQ_BROKER["MIDDLEWARE"].',
            id="jobs.E003",
        )
        for each in broker.middleware
        if type(each).__name__ in RIVALS
    ]


@register("jobs")
def check_schedules(**_: object) -> list[CheckMessage]:
    """Refuse a schedule that says no time."""
    return [
        Error(
            f"AYNI_JOBS_SCHEDULES[{name!r}] has no time: {problem}",
            hint="Write a cron line of five fields and an IANA time zone.",
            id="jobs.E004",
        )
        for name, schedule in settings.AYNI_JOBS_SCHEDULES.items()
        if (problem := _problem_of(schedule))
    ]


def _problem_of(schedule: dict[str, Any]) -> str:
    zone = schedule.get("zone", "UTC")
    try:
        cron.next_slot(schedule["cron"], zone=zone, after=timezone.now())
    except CronSimError as exc:
        return str(exc)
    except StopIteration:
        return "it never comes round"
    except KeyError as exc:
        # zoneinfo's own "not found" is a KeyError too.
        return f"{exc} is missing or unknown"
    return ""
