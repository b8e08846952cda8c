"""A table of jobs that has grown old, made by Postgres itself."""

import dataclasses

from django.db import connection

# Nobody serves it, so that what waits there goes on waiting.
QUEUE = "old"
TENANTS = 50

# A UUIDv7 of the moment that the row's number stands for: a second lies between two.
ID = """
(lpad(to_hex((extract(epoch FROM moment.at) * 1000)::bigint), 12, '0') || '7'
 || substr(md5(number::text), 1, 3) || '8' || substr(md5(number::text), 4, 15))::uuid
"""
FINISHED = f"""
INSERT INTO jobs_job (id, actor, queue, args, state, created_at, run_at, sent_at,
    attempts, started_at, finished_at, error_code, error_fingerprint)
SELECT {ID}, 'count_' || number %% 20, 'shop_' || number %% 5, '{{}}',
    CASE WHEN number %% 100 = 0 THEN 'failed' ELSE 'succeeded' END,
    moment.at, moment.at, moment.at, 1, moment.at, moment.at + interval '1 second',
    CASE WHEN number %% 100 = 0 THEN 'broken' ELSE '' END,
    CASE WHEN number %% 100 = 0 THEN 'Broken:' || number %% 700 ELSE '' END
FROM generate_series(1, %(finished)s) AS number,
    LATERAL (SELECT clock_timestamp() - interval '1 hour'
        - number * interval '2 seconds' AS at) AS moment
"""  # noqa: S608 - what is put in is a constant
ATTEMPTS = """
INSERT INTO jobs_attempt (job_id, number, worker, started_at, ended_at, outcome)
SELECT id, 1, 'shop:1', started_at, finished_at, state FROM jobs_job
WHERE finished_at IS NOT NULL AND attempts = 1
ON CONFLICT DO NOTHING
"""
WAITING = f"""
INSERT INTO jobs_job (id, actor, queue, args, tenant_id, state, run_at, sent_at)
SELECT {ID}, 'count_' || number %% 20, %(queue)s, '{{}}',
    md5((number %% %(tenants)s)::text)::uuid, 'queued', moment.at, moment.at
FROM generate_series(1, %(waiting)s) AS number,
    LATERAL (SELECT clock_timestamp() - number * interval '0.01 s' AS at) AS moment
"""  # noqa: S608 - what is put in is a constant


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How many jobs have ended, one in a hundred as failed, and how many wait."""

    finished: int
    waiting: int


def grow(size: Size) -> None:
    """Fill the tables, and let Postgres know what is in them."""
    values: dict[str, int | str] = {
        "finished": size.finished,
        "waiting": size.waiting,
        "queue": QUEUE,
        "tenants": TENANTS,
    }
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        for statement in (FINISHED, ATTEMPTS, WAITING):
            cursor.execute(statement, values)
        cursor.execute("ANALYZE jobs_job, jobs_attempt, jobs_turn, jobs_queue")
        cursor.execute("RESET statement_timeout")
