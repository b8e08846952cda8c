"""Settings that contradict each other stop the program before it loses a job."""

import multiprocessing
from collections.abc import Iterator
from typing import Any

import dramatiq
from cronsim import CronSimError
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils import timezone

from jobs import cron
from jobs.broker import HintBroker, HintConsumer
from jobs.contradictions import contradictions
from jobs.lease import TICK_SECONDS, beat_seconds

# What would do a second time, and differently, what the job's row does.
RIVALS = ("Retries", "TimeLimit", "AgeLimit", "Callbacks", "Results", "Pipelines")
# Beyond that whoever waits for a page gives up; the broker's own time is 3 s.
LONGEST_WAIT_SECONDS = 10.0


@register("jobs")
def check_settings(**_: object) -> list[CheckMessage]:
    """Refuse settings that are out of range or contradict each other."""
    return list(contradictions(settings))


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
    if isinstance(broker, HintBroker):
        return [*_of_client(broker), *_of_consumer(broker), *_of_middleware(broker)]
    return [
        Error(
            f"the broker is {type(broker).__name__}",
            hint='Set DRAMATIQ_BROKER["BROKER"] to "jobs.broker.HintBroker".',
            id="jobs.E002",
        )
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


def _of_client(broker: HintBroker) -> Iterator[CheckMessage]:
    """Look at what came of it: ``?socket_timeout=60`` in the address overrules ours."""
    options = broker.client.connection_pool.connection_kwargs
    waits = [options.get(f"socket_{name}") for name in ("timeout", "connect_timeout")]
    if not all(seconds and seconds <= LONGEST_WAIT_SECONDS for seconds in waits):
        yield Error(
            "the broker's client may wait for Valkey for more than"
            f" {LONGEST_WAIT_SECONDS:g} s, and a web request with it",
            hint="Take socket_timeout and socket_connect_timeout out of REDIS_URL.",
            id="jobs.E015",
        )
    retry = options.get("retry")
    if retry is not None and retry.get_retries() != 0:
        yield Error(
            "the broker's client tries again by itself: a lost reply would send twice",
            hint="Take retries out of REDIS_URL.",
            id="jobs.E016",
        )


def _of_consumer(broker: HintBroker) -> Iterator[CheckMessage]:
    if not issubclass(broker.consumer_class, HintConsumer):
        yield Error(
            f"{broker.consumer_class.__name__} fetches more messages than there are"
            " threads: they would wait behind a long job while others are idle",
            hint="Let consumer_class be jobs.broker.HintConsumer or made from it.",
            id="jobs.E017",
        )


def _of_middleware(broker: HintBroker) -> Iterator[CheckMessage]:
    for each in broker.middleware:
        name = type(each).__name__
        if name in RIVALS:
            yield Error(
                f"Dramatiq's {name} is on; the job's row does that",
                hint='Take it out of DRAMATIQ_BROKER["MIDDLEWARE"].',
                id="jobs.E003",
            )
        if each.forks:
            yield Error(
                f"Dramatiq's {name} forks processes; Polars hangs in one that was",
                hint='Take it out of DRAMATIQ_BROKER["MIDDLEWARE"].',
                id="jobs.E018",
            )


@register("jobs")
def check_start_method(**_: object) -> list[CheckMessage]:
    """Refuse a program that was told to fork: what Polars holds is not copied whole."""
    if multiprocessing.get_start_method(allow_none=True) != "fork":
        return []
    return [
        Error(
            "multiprocessing is set to fork; Polars hangs in a process that was forked",
            hint='Take the call of set_start_method out, or set "spawn".',
            id="jobs.E019",
        )
    ]
