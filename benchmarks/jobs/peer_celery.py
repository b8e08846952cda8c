"""Celery as careful as it can be told to be: acknowledged late, fetched one by one."""

from celery import Celery

from benchmarks.jobs import tally

app = Celery("bench", broker=tally.address(tally.CELERY_DATABASE))
app.conf.update(
    task_acks_late=True,
    worker_prefetch_multiplier=1,
    # Nobody reads them: storing results would cost it time.
    task_ignore_result=True,
)


@app.task  # type: ignore[untyped-decorator]  # Celery has no types
def tick() -> None:
    """Start, and be done."""
    tally.note_start()


def send() -> None:
    """Enqueue one no-op."""
    tick.delay()
