"""The statements that take jobs, put together from their parts, and how they are run.

Every one is a single round trip, by the database's clock. Nothing here decides; what
the order of tenants means is said in ``jobs.fairness``, which a test holds this to.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection

from jobs.fairness import NOBODY

# The queue of the job that is meant, unless it is paused.
PLACE = """
place AS (
    SELECT queue FROM jobs_job WHERE id = %(job_id)s
    AND queue NOT IN (SELECT name FROM jobs_queue WHERE paused_at IS NOT NULL)
)
"""
# Steps from each tenant to the next through the index ``job_turns``: what it costs
# depends on how many tenants wait, not on how many jobs.
WAITING = f"""
waiting (tenant, run_at) AS (
    SELECT oldest.* FROM place, LATERAL (
        SELECT coalesce(tenant_id, '{NOBODY}'::uuid), run_at
        FROM jobs_job WHERE queue = place.queue AND state = 'queued'
        ORDER BY queue, coalesce(tenant_id, '{NOBODY}'::uuid),
            priority, run_at LIMIT 1
    ) AS oldest
    UNION ALL
    SELECT oldest.* FROM waiting, place, LATERAL (
        SELECT coalesce(tenant_id, '{NOBODY}'::uuid), run_at
        FROM jobs_job WHERE queue = place.queue AND state = 'queued'
        AND coalesce(tenant_id, '{NOBODY}'::uuid) > waiting.tenant
        ORDER BY queue, coalesce(tenant_id, '{NOBODY}'::uuid),
            priority, run_at LIMIT 1
    ) AS oldest
)
"""  # noqa: S608 - what is put in is a constant
# The order of ``fairness.in_order`` where nothing is limited. Its rows are read only
# until a tenant has a job that can be taken.
RANKED = """
clock AS (
    SELECT coalesce(max(started), 0) AS started FROM jobs_turn
    WHERE queue = (SELECT queue FROM place)
), ranked AS MATERIALIZED (
    SELECT waiting.tenant, cost.step, greatest(
        clock.started, coalesce(turn.started + cost.step, clock.started)) AS start
    FROM waiting CROSS JOIN clock CROSS JOIN LATERAL (
        SELECT 1::float8 / greatest(1, coalesce(
            (%(weights)s::jsonb ->> waiting.tenant::text)::integer, 1)) AS step
    ) AS cost
    LEFT JOIN jobs_turn AS turn ON turn.queue = (SELECT queue FROM place)
        AND turn.tenant_id = waiting.tenant
    ORDER BY start, waiting.run_at, waiting.tenant
)
"""
CHOSEN_BY_RANK = f"""
chosen AS MATERIALIZED (
    SELECT job.id, ranked.tenant, ranked.step, ranked.start
    FROM ranked CROSS JOIN LATERAL (
        SELECT id FROM jobs_job
        WHERE queue = (SELECT queue FROM place) AND state = 'queued'
            AND coalesce(tenant_id, '{NOBODY}'::uuid) = ranked.tenant
            AND actor = ANY(%(actors)s::text[])
        ORDER BY priority, run_at LIMIT 1 FOR UPDATE {{patience}}
    ) AS job LIMIT 1
)
"""  # noqa: S608 - what is put in is a constant
# Where limits are set, the tenant was chosen before, and both limits are counted here.
CHOSEN_WITHIN_LIMITS = f"""
chosen AS MATERIALIZED (
    SELECT id, %(tenant)s::uuid AS tenant, %(step)s::float8 AS step,
        %(start)s::float8 AS start
    FROM jobs_job
    WHERE queue = %(queue)s AND state = 'queued' AND actor = ANY(%(actors)s::text[])
        AND coalesce(tenant_id, '{NOBODY}'::uuid) = %(tenant)s
        AND queue NOT IN (SELECT name FROM jobs_queue WHERE paused_at IS NOT NULL)
        AND (%(queue_limit)s = 0 OR %(queue_limit)s > (
            SELECT count(*) FROM jobs_job WHERE state = 'running'
            AND queue = %(queue)s))
        AND (%(tenant_limit)s = 0 OR %(tenant_limit)s > (
            SELECT count(*) FROM jobs_job WHERE state = 'running'
            AND tenant_id = %(tenant)s))
    ORDER BY priority, run_at LIMIT 1 FOR UPDATE {{patience}}
)
"""  # noqa: S608 - what is put in is a constant
# Counting the attempt here makes a crash count. The new token takes the right to
# commit from whoever had it before. A tenant's turn that another claim is writing at
# this moment is not waited for: claims would then be written one by one.
CLAIMED = """
claimed AS (
    UPDATE jobs_job SET
        state = 'running',
        attempts = attempts + 1,
        max_attempts = forgiven + (%(allowances)s::jsonb ->> actor)::integer,
        token = token + 1,
        worker_id = %(worker_id)s,
        started_at = clock_timestamp(),
        lease_expires_at = clock_timestamp() + make_interval(secs => %(lease)s),
        sent_at = coalesce(sent_at, clock_timestamp())
    WHERE id = (SELECT id FROM chosen) AND state = 'queued'
    RETURNING id, queue, actor, args, tenant_id, attempts, token, run_at, started_at
), noted AS (
    INSERT INTO jobs_attempt (job_id, number, worker, due_at, started_at)
    SELECT id, attempts, %(worker)s, run_at, started_at FROM claimed
), free_turn AS (
    SELECT turn.id FROM jobs_turn AS turn
    JOIN claimed ON turn.queue = claimed.queue
    JOIN chosen ON turn.tenant_id = chosen.tenant
    FOR UPDATE OF turn SKIP LOCKED
), turned AS (
    UPDATE jobs_turn AS turn SET started_at = clock_timestamp(),
        started = greatest(turn.started + chosen.step, chosen.start)
    FROM chosen WHERE turn.id = (SELECT id FROM free_turn)
), first_turn AS (
    INSERT INTO jobs_turn (queue, tenant_id, started)
    SELECT claimed.queue, chosen.tenant, chosen.start FROM claimed CROSS JOIN chosen
    WHERE NOT EXISTS (
        SELECT FROM jobs_turn AS turn
        WHERE turn.queue = claimed.queue AND turn.tenant_id = chosen.tenant)
    ON CONFLICT DO NOTHING
)
"""
COLUMNS = """
claimed.id, claimed.queue, claimed.actor, claimed.args::text, claimed.tenant_id,
claimed.attempts, claimed.token
"""
# The end of an attempt that succeeded, where nobody waits for it and no hook is to run.
SETTLED = """
settled AS (
    UPDATE jobs_job SET state = 'succeeded', finished_at = clock_timestamp(),
        lease_expires_at = NULL,
        error_code = '', error_message = '', error_fingerprint = ''
    WHERE id = %(job_id)s AND token = %(token)s AND state = 'running' AND NOT leads_on
    RETURNING id, attempts
), ended AS (
    UPDATE jobs_attempt AS attempt
    SET ended_at = clock_timestamp(), outcome = 'succeeded'
    FROM settled
    WHERE attempt.job_id = settled.id AND attempt.number = settled.attempts
)
"""


def _short(statement: str) -> str:
    """Return a statement without its layout.

    psycopg keeps what it found out about one of up to 4,096 characters; to find it out
    took a tenth of what a job costs.
    """
    return " ".join(statement.split())


READ_LINE = _short(f"""
WITH RECURSIVE {PLACE}, {WAITING}, running AS MATERIALIZED (
    SELECT queue, tenant_id FROM jobs_job WHERE state = 'running'
)
SELECT place.queue,
    (SELECT count(*) FROM running WHERE running.queue = place.queue),
    coalesce((SELECT max(started) FROM jobs_turn WHERE queue = place.queue), 0),
    (SELECT json_agg(json_build_array(
        waiting.tenant, turn.started, extract(epoch FROM waiting.run_at),
        (SELECT count(*) FROM running WHERE running.tenant_id = waiting.tenant)))
    FROM waiting LEFT JOIN jobs_turn AS turn
        ON turn.queue = place.queue AND turn.tenant_id = waiting.tenant)
FROM place
""")  # noqa: S608 - what is put in are constants
CLAIM_BY_RANK = _short(f"""
WITH RECURSIVE {PLACE}, {WAITING}, {RANKED}, {CHOSEN_BY_RANK}, {CLAIMED}
SELECT (SELECT queue FROM place), EXISTS (SELECT FROM waiting), {COLUMNS}
FROM (SELECT) AS once LEFT JOIN claimed ON true
""")  # noqa: S608 - what is put in are constants
CLAIM_WITHIN_LIMITS = _short(f"""
WITH {CHOSEN_WITHIN_LIMITS}, {CLAIMED} SELECT {COLUMNS} FROM claimed
""")  # noqa: S608 - what is put in are constants
SETTLE_ALONE = _short(f"""
WITH {SETTLED} SELECT id FROM settled
""")  # noqa: S608 - what is put in is a constant
# Nothing is claimed by whoever had nothing to settle.
SETTLE_AND_CLAIM = _short(f"""
WITH RECURSIVE {SETTLED}, {PLACE.replace("%(job_id)s", "(SELECT id FROM settled)")},
{WAITING}, {RANKED}, {CHOSEN_BY_RANK}, {CLAIMED}
SELECT settled.id, {COLUMNS} FROM settled LEFT JOIN claimed ON true
""")  # noqa: S608 - what is put in are constants


def first_row(statement: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Run a statement and return its first row, or ``None``.

    Where the connection allows it (``prepare_threshold``) Postgres keeps the plan: it
    takes longer to make one than to run these.
    """
    # Django sees to it that there is a connection, and that it lives.
    with connection.cursor():
        raw = connection.connection
    with connection.wrap_database_errors, psycopg.Cursor(raw) as cursor:
        cursor.execute(statement, values, prepare=True)
        return cursor.fetchone()
