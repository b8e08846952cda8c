"""Settings of jobs: who does them, how long, how often, and by which clock."""

from typing import Any

from ayni.settings import env
from jobs import defaults

# Modules that declare actors, comma separated; workers import them, the web never does.
AYNI_JOBS_ACTORS = env.words("AYNI_JOBS_ACTORS", ["processing.actors"])
# Queues that a worker takes from, the most urgent first, unless it is told others.
AYNI_JOBS_QUEUES = env.words("AYNI_JOBS_QUEUES", ["processing", "default"])
# Seconds after which a silent worker's job is given to another. Lower restarts sooner
# after a crash, but a stall as long costs an attempt.
AYNI_JOBS_LEASE_SECONDS = env.seconds(
    "AYNI_JOBS_LEASE_SECONDS", defaults.AYNI_JOBS_LEASE_SECONDS, lowest=1
)
# Seconds between two looks for jobs that are due, lost or left behind. Higher makes
# retries and repairs late, lower costs Postgres.
AYNI_JOBS_SWEEP_SECONDS = env.seconds(
    "AYNI_JOBS_SWEEP_SECONDS", defaults.AYNI_JOBS_SWEEP_SECONDS, lowest=0.05
)
# Seconds a sent job may stay unclaimed, with its queue shorter than it should be,
# before its message counts as lost. So late starts the job of a process that died
# before it sent the message. Lower sends more twice, which is harmless.
AYNI_JOBS_RESEND_SECONDS = env.seconds(
    "AYNI_JOBS_RESEND_SECONDS", defaults.AYNI_JOBS_RESEND_SECONDS, lowest=0.5
)
# Seconds a stopping worker gives its jobs to finish before it hands them back.
AYNI_JOBS_GRACE_SECONDS = env.seconds(
    "AYNI_JOBS_GRACE_SECONDS", defaults.AYNI_JOBS_GRACE_SECONDS
)
# Seconds after SIGTERM at which whoever starts the workers kills them, as compose's
# stop_grace_period or systemd's TimeoutStopSec; 0 if nobody does. A grace that this
# cuts short stops the start: jobs would be lost instead of handed back.
AYNI_JOBS_STOP_SECONDS = env.seconds(
    "AYNI_JOBS_STOP_SECONDS", defaults.AYNI_JOBS_STOP_SECONDS
)
# Days ended jobs and their attempts can be looked up. 0 forgets them at once.
AYNI_JOBS_HISTORY_DAYS = env.integer(
    "AYNI_JOBS_HISTORY_DAYS", defaults.AYNI_JOBS_HISTORY_DAYS
)
# Days it can be looked up who did what to jobs and queues. Longer than the jobs
# themselves: who discarded something is asked for late.
AYNI_JOBS_AUDIT_DAYS = env.integer(
    "AYNI_JOBS_AUDIT_DAYS", defaults.AYNI_JOBS_AUDIT_DAYS, lowest=1
)
# Seconds the result of a job can be read; 0 keeps none. Higher fills the table.
AYNI_JOBS_RESULT_SECONDS = env.seconds(
    "AYNI_JOBS_RESULT_SECONDS", defaults.AYNI_JOBS_RESULT_SECONDS
)
# Bytes of JSON a job may return; one that returns more fails. What is larger belongs
# into a table or a file, and its id into the result.
AYNI_JOBS_RESULT_MAX_BYTES = env.integer(
    "AYNI_JOBS_RESULT_MAX_BYTES", defaults.AYNI_JOBS_RESULT_MAX_BYTES, lowest=1
)
# Jobs a child process does before a fresh one takes its place: what leaks ends there.
AYNI_JOBS_TASKS_PER_CHILD = env.integer(
    "AYNI_JOBS_TASKS_PER_CHILD", defaults.AYNI_JOBS_TASKS_PER_CHILD, lowest=1
)
# Megabytes of its own that a child may take, files it has mapped not counted; above it
# is killed and its job fails. A million rows take 616. Higher lets one file push other
# processes out of memory, lower refuses honest files; 0 is no limit.
AYNI_JOBS_CHILD_MEMORY_MB = env.integer(
    "AYNI_JOBS_CHILD_MEMORY_MB", defaults.AYNI_JOBS_CHILD_MEMORY_MB
)
# Whether a worker keeps one child warm beside those of its threads, so that no job
# waits for a fresh one after a kill. It costs about 80 MB; false makes such a job wait
# 1 s or more.
AYNI_JOBS_SPARE_CHILD = env.flag("AYNI_JOBS_SPARE_CHILD", default="true")
# Jobs of one tenant that run at once, in all queues; 0 is no limit. Lower keeps workers
# free for other tenants, higher lets one tenant have them all while nobody else waits.
AYNI_JOBS_TENANT_LIMIT = env.integer(
    "AYNI_JOBS_TENANT_LIMIT", defaults.AYNI_JOBS_TENANT_LIMIT
)
# Jobs of a queue that run at once on all machines, as queue=number, comma separated.
AYNI_JOBS_QUEUE_LIMITS = env.counts("AYNI_JOBS_QUEUE_LIMITS")
# How many turns a tenant gets for one of the others, as id=number, comma separated.
AYNI_JOBS_TENANT_WEIGHTS = env.counts("AYNI_JOBS_TENANT_WEIGHTS")
# What Prometheus says to read /ops/metrics, as a bearer token; without one only this
# very machine may, and nobody through a proxy.
AYNI_METRICS_TOKEN = env.text("AYNI_METRICS_TOKEN", "")
# Names of variables that workers set to cores / processes before anything is imported,
# for libraries that start a thread for each core.
AYNI_JOBS_CORE_VARIABLES = env.words("AYNI_JOBS_CORE_VARIABLES", ["POLARS_MAX_THREADS"])
# What the scheduler enqueues by the clock: name -> actor, cron, zone, queue, args.
AYNI_JOBS_SCHEDULES: dict[str, dict[str, Any]] = {
    "clean up old uploads": {
        "actor": "cleanup_old_uploads",
        "cron": "30 3 * * *",
        "zone": "America/Santiago",
        "queue": "default",
        "args": {},
    },
    "check health": {
        "actor": "health_check",
        "cron": "*/5 * * * *",
        "zone": "America/Santiago",
        "queue": "default",
        "args": {},
    },
}
