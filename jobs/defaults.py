"""What a project that sets nothing gets: every setting of jobs, but for the actors'.

Each has the name of its setting; a project sets those it wants otherwise.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings

# Modules that declare actors; workers and the scheduler import them, the web need not.
AYNI_JOBS_ACTORS: Sequence[str] = ()
# Queues that a worker takes from, the most urgent first, unless it is told others.
AYNI_JOBS_QUEUES: Sequence[str] = ("default",)
# Seconds after which a silent worker's job is given to another. Lower restarts sooner
# after a crash, but a stall as long costs an attempt.
AYNI_JOBS_LEASE_SECONDS = 15.0
# Seconds between two looks for jobs that are due, lost or left behind. Higher makes
# retries and repairs late, lower costs Postgres.
AYNI_JOBS_SWEEP_SECONDS = 1.0
# Seconds a sent job may stay unclaimed, with its queue shorter than it should be,
# before its message counts as lost. So late starts the job of a process that died
# before it sent the message. Lower sends more twice, which is harmless.
AYNI_JOBS_RESEND_SECONDS = 3.0
# Seconds a stopping worker gives its jobs to finish before it hands them back.
AYNI_JOBS_GRACE_SECONDS = 20.0
# Seconds after SIGTERM at which whoever starts the workers kills them; 0 if nobody
# does. A grace that this cuts short stops the start.
AYNI_JOBS_STOP_SECONDS = 0.0
# Days ended jobs and their attempts can be looked up. 0 forgets them at once.
AYNI_JOBS_HISTORY_DAYS = 30
# Days it can be looked up who did what to jobs and queues. Longer than the jobs
# themselves: who discarded something is asked for late.
AYNI_JOBS_AUDIT_DAYS = 365
# Seconds the result of a job can be read; 0 keeps none. Higher fills the table.
AYNI_JOBS_RESULT_SECONDS = 3600.0
# Bytes of JSON a job may return; one that returns more fails. What is larger belongs
# into a table or a file, and its id into the result.
AYNI_JOBS_RESULT_MAX_BYTES = 65_536
# Jobs a child process does before a fresh one takes its place: what leaks ends there.
AYNI_JOBS_TASKS_PER_CHILD = 1_000
# Megabytes of its own that a child may take, files it has mapped not counted; above it
# is killed and its job fails. Higher lets one job push other processes out of memory,
# lower refuses honest work; 0 is no limit.
AYNI_JOBS_CHILD_MEMORY_MB = 2_000
# Whether a worker keeps one child warm beside those of its threads, so that no job
# waits for a fresh one after a kill. False makes such a job wait 1 s or more.
AYNI_JOBS_SPARE_CHILD = True
# Jobs of one tenant that run at once, in all queues; 0 is no limit. Lower keeps workers
# free for other tenants, higher lets one tenant have them all while nobody else waits.
AYNI_JOBS_TENANT_LIMIT = 0
# Jobs of a queue that run at once on all machines, by its name.
AYNI_JOBS_QUEUE_LIMITS: Mapping[str, int] = {}
# How many turns a tenant gets for one of the others, by its id.
AYNI_JOBS_TENANT_WEIGHTS: Mapping[str, int] = {}
# Names of variables that workers set to cores / processes before anything is imported,
# for libraries that start a thread for each core.
AYNI_JOBS_CORE_VARIABLES: Sequence[str] = ("OMP_NUM_THREADS", "POLARS_MAX_THREADS")
# What the scheduler enqueues by the clock: name -> actor, cron, zone, queue, args.
AYNI_JOBS_SCHEDULES: Mapping[str, Mapping[str, Any]] = {}


def fill_in() -> None:
    """Set what the project's settings leave out. Safe to call twice."""
    for name, value in list(globals().items()):
        if name.startswith("AYNI_") and not hasattr(settings, name):
            setattr(settings, name, value)
