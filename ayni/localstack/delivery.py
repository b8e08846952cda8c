"""Sending a message for a job that has had one: what Valkey may do at any moment."""

import dramatiq
import psycopg

from jobs.broker import HintBroker

NAMESPACE = "ayni"


def deliver(actor: str, job_id: str, *, database_url: str, redis_url: str) -> None:
    """Send a message for the job to the queue it belongs to, whatever its state."""
    queue = _queue_of(job_id, database_url)
    broker = HintBroker(url=redis_url, namespace=NAMESPACE, middleware=[])
    broker.declare_queue(queue)
    broker.enqueue(
        dramatiq.Message(
            queue_name=queue, actor_name=actor, args=(job_id,), kwargs={}, options={}
        )
    )
    broker.close()


def _queue_of(job_id: str, database_url: str) -> str:
    with psycopg.connect(database_url) as connection:
        row = connection.execute(
            "SELECT queue FROM jobs_job WHERE id = %s", (job_id,)
        ).fetchone()
    if row is None:
        raise LookupError(f"no job {job_id}")
    return str(row[0])
