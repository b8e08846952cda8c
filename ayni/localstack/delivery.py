"""Sending a message for a job that has had one: what Valkey may do at any moment."""

import dramatiq
import psycopg
from dramatiq.brokers.redis import RedisBroker

NAMESPACE = "ayni"
ASK_SECONDS = 5


def deliver(actor: str, job_id: str, *, database_url: str, redis_url: str) -> None:
    """Send a message for the job to the queue it belongs to, whatever its state."""
    queue = _queue_of(job_id, database_url)
    broker = RedisBroker(
        url=redis_url, namespace=NAMESPACE, socket_timeout=ASK_SECONDS, middleware=[]
    )
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
