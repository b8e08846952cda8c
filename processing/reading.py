"""Reading a file from end to end, whichever way its rows land."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

from jobs import points
from processing import terms, verdict
from processing.attempt import Attempt
from processing.pipeline.batches import Batch, ReadOptions
from processing.pipeline.findings import Understanding
from processing.pipeline.quality import BatchStats, add_stats
from processing.pipeline.reader import read_batches
from processing.pipeline.rejects import Reject
from processing.readahead import read_ahead
from uploads.services.work import Tally

# One batch is made while the present one is copied, which takes longer; each more costs
# the memory of a batch and gains nothing measurable.
BATCHES_AHEAD = 1


class Destination(Protocol):
    """Where the rows of a batch go.

    ``milestone`` is the percentage that is reached when all of them are there.
    """

    milestone: int

    def take(self, batch: Batch) -> None:
        """Take the accepted rows."""

    def refuse(self, rejects: Iterable[Reject]) -> None:
        """Take the refused rows."""


def read_file(
    attempt: Attempt,
    understanding: Understanding,
    destination: Destination,
    *,
    options: ReadOptions,
    before_each: Callable[[], None] = lambda: None,
) -> Tally:
    """Hand the whole file over, batch by batch, and count it.

    Once too many rows were refused none is handed over any more, but the rest is still
    read: whoever repairs the file wants to know all that is wrong with it. What
    ``before_each`` batch raises ends the reading.
    """
    stats, reject_counts = BatchStats(), Counter[str]()
    work = attempt.work
    batches = read_batches(work.path, understanding, options)
    with contextlib.closing(read_ahead(batches, depth=BATCHES_AHEAD)) as coming:
        for batch in coming:
            before_each()
            points.reach("mid_parse")
            reject_counts.update(batch.reject_counts)
            if not verdict.is_over_count(work, reject_counts.total()):
                destination.take(batch)
            if batch.rejects:
                destination.refuse(batch.rejects)
            stats = add_stats(stats, batch.stats)
            attempt.tell(
                attempt.meter.counted(
                    accepted=stats.accepted,
                    rejected=reject_counts.total(),
                    share=_share(batch.bytes_done, understanding.total_bytes),
                    until=destination.milestone,
                )
            )
    return terms.tally_of(stats, reject_counts=reject_counts)


def _share(done: int, total: int) -> float:
    return min(1.0, done / total) if total else 1.0
