"""Everything about jobs in one run: the race, the crowd, and a table grown old."""

import dataclasses
import logging

from ayni.localstack.stack import Say, Stack
from benchmarks.jobs import aged, crowd, race
from benchmarks.jobs.contenders import at_work
from benchmarks.jobs.history import Size
from benchmarks.jobs.report import JobsMeasured


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JobsCourse:
    """How many rounds are counted, and how old the table grows."""

    rounds: int
    size: Size


def measure(stack: Stack, course: JobsCourse, *, say: Say) -> JobsMeasured:
    """Run everything once and return the numbers."""
    # What this process does itself is not news either.
    logging.disable(logging.INFO)
    with at_work(stack.folder):
        rounds = race.rounds(course.rounds, say=say)
        waits = crowd.single_waits()
        say(f"beside a crowd a job waited {max(waits):.2f} s")
    say(f"a table of {course.size.finished:,} jobs is made")
    return JobsMeasured(
        rounds=rounds,
        single_waits=waits,
        crowd_job_seconds=crowd.JOB_SECONDS,
        aged=aged.measure(course.size),
    )
