"""How late the scheduler is, told by what it should have done by now."""

from django.db import connection

# Whoever enqueued is still about to send a job younger than this.
SENDING_SECONDS = 2.0
LAG = """
SELECT greatest(0, extract(epoch FROM clock_timestamp() - min(due)))::float8 FROM (
    SELECT min(run_at) AS due FROM jobs_job WHERE state = 'scheduled' AND waits_for = 0
    UNION ALL
    SELECT min(lease_expires_at) FROM jobs_job WHERE state = 'running'
    UNION ALL
    SELECT min(run_at) + make_interval(secs => %(sending)s) FROM jobs_job
    WHERE state = 'queued' AND sent_at IS NULL
        AND queue NOT IN (SELECT name FROM jobs_queue WHERE paused_at IS NOT NULL)
) AS expected
"""


def sweep_lag_seconds() -> float:
    """Return for how long a look of the scheduler has been overdue; 0 if none is.

    A due job that is not queued, a lease that ran out, a job that nobody sent: each
    waits for a look, and for at most one while a scheduler leads.
    """
    with connection.cursor() as cursor:
        cursor.execute(LAG, {"sending": SENDING_SECONDS})
        lag: float | None = cursor.fetchone()[0]
    return lag or 0.0
