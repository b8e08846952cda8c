"""Which settings of jobs are out of range, or make no sense together.

Each looks fine alone, or came from a program that does not read the environment as
ours does. Pure: the settings are handed in.
"""

import uuid
from collections.abc import Iterator
from typing import Any

from django.core.checks import Error

# A warm child takes about 80 MB before its first job, and is replaced above half.
LEAST_CHILD_MEMORY_MB = 200
# Beyond the grace time: handing back and closing connections.
EXIT_SECONDS = 10.0
DAY_SECONDS = 86_400
# The least value of each setting that is a number.
LEAST = {
    "AYNI_JOBS_TASKS_PER_CHILD": 1,
    "AYNI_JOBS_CHILD_MEMORY_MB": 0,
    "AYNI_JOBS_TENANT_LIMIT": 0,
    "AYNI_JOBS_GRACE_SECONDS": 0,
    "AYNI_JOBS_STOP_SECONDS": 0,
    "AYNI_JOBS_SWEEP_SECONDS": 0.05,
    "AYNI_JOBS_RESEND_SECONDS": 0.5,
    "AYNI_JOBS_HISTORY_DAYS": 0,
    "AYNI_JOBS_AUDIT_DAYS": 1,
    "AYNI_JOBS_RESULT_SECONDS": 0,
}


def contradictions(settings: Any) -> Iterator[Error]:
    """Yield everything that has to be changed, with what to do about it."""
    yield from _out_of_range(settings)
    yield from _of_children(settings)
    yield from _of_times(settings)
    yield from _of_limits(settings)
    yield from _of_database(settings)


def _out_of_range(settings: Any) -> Iterator[Error]:
    for name, least in LEAST.items():
        value = getattr(settings, name)
        if value < least:
            yield Error(
                f"{name} is {value}",
                hint=f"Set it to {least:g} or more.",
                id="jobs.E005",
            )


def _of_children(settings: Any) -> Iterator[Error]:
    megabytes = settings.AYNI_JOBS_CHILD_MEMORY_MB
    if 0 < megabytes < LEAST_CHILD_MEMORY_MB:
        yield Error(
            f"AYNI_JOBS_CHILD_MEMORY_MB is {megabytes}; a child takes about 80 before"
            " its first job, so that every job would fail or have a child of its own",
            hint=f"Set it to at least {LEAST_CHILD_MEMORY_MB}, or to 0 for no limit.",
            id="jobs.E006",
        )
    if not settings.AYNI_JOBS_ACTORS:
        yield Error(
            "AYNI_JOBS_ACTORS is empty; workers would find no work that they know",
            hint="Name the modules that declare actors.",
            id="jobs.E007",
        )


def _of_times(settings: Any) -> Iterator[Error]:
    stop, grace = settings.AYNI_JOBS_STOP_SECONDS, settings.AYNI_JOBS_GRACE_SECONDS
    if 0 < stop < grace + EXIT_SECONDS:
        yield Error(
            f"AYNI_JOBS_GRACE_SECONDS is {grace:g}, and workers are killed"
            f" {stop:g} s after SIGTERM (AYNI_JOBS_STOP_SECONDS): nothing would be"
            " handed back",
            hint=f"Lower the grace to {max(0.0, stop - EXIT_SECONDS):g}, or allow"
            f" {grace + EXIT_SECONDS:g} s where the workers are started and here.",
            id="jobs.E008",
        )
    sweep, resend = settings.AYNI_JOBS_SWEEP_SECONDS, settings.AYNI_JOBS_RESEND_SECONDS
    if resend < 2 * sweep:
        yield Error(
            f"AYNI_JOBS_RESEND_SECONDS is {resend:g}, with a look every {sweep:g} s"
            " (AYNI_JOBS_SWEEP_SECONDS): messages would be sent again at every look",
            hint=f"Set it to at least {2 * sweep:g}.",
            id="jobs.E009",
        )
    yield from _of_history(settings)


def _of_history(settings: Any) -> Iterator[Error]:
    days, results = settings.AYNI_JOBS_HISTORY_DAYS, settings.AYNI_JOBS_RESULT_SECONDS
    if results > days * DAY_SECONDS:
        yield Error(
            f"AYNI_JOBS_RESULT_SECONDS is {results:g}, but jobs are forgotten after"
            f" {days} days (AYNI_JOBS_HISTORY_DAYS), and their results with them",
            hint=f"Set it to at most {days * DAY_SECONDS}, or keep the history longer.",
            id="jobs.E010",
        )
    audit = settings.AYNI_JOBS_AUDIT_DAYS
    if audit < days:
        yield Error(
            f"AYNI_JOBS_AUDIT_DAYS is {audit}, but jobs are kept for {days}"
            " (AYNI_JOBS_HISTORY_DAYS): nobody would know who discarded one",
            hint=f"Set it to at least {days}.",
            id="jobs.E011",
        )


def _of_limits(settings: Any) -> Iterator[Error]:
    for name in ("AYNI_JOBS_QUEUE_LIMITS", "AYNI_JOBS_TENANT_WEIGHTS"):
        for key, number in getattr(settings, name).items():
            if not isinstance(number, int) or number < 1:
                yield Error(
                    f"{name} gives {key!r} {number!r}",
                    hint="Give it a whole number of at least 1, or leave it out; to"
                    " have nothing of a queue start, pause it.",
                    id="jobs.E012",
                )
    for tenant in settings.AYNI_JOBS_TENANT_WEIGHTS:
        if not _is_plain_uuid(tenant):
            yield Error(
                f"AYNI_JOBS_TENANT_WEIGHTS names {tenant!r}, which is no tenant's id",
                hint="Write the UUID in lower case with dashes.",
                id="jobs.E013",
            )


def _is_plain_uuid(text: str) -> bool:
    """Return whether the text is what ``str`` makes of a UUID: it is compared so."""
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def _of_database(settings: Any) -> Iterator[Error]:
    database = settings.DATABASES["default"]
    if database.get("CONN_MAX_AGE", 0) != 0 and not database.get("CONN_HEALTH_CHECKS"):
        yield Error(
            "DATABASES keeps connections (CONN_MAX_AGE) without CONN_HEALTH_CHECKS:"
            " after a restart of Postgres each one costs a job its attempt",
            hint="Set CONN_HEALTH_CHECKS to True.",
            id="jobs.E014",
        )
