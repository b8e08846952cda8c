"""What the work knows of its job, and the last act of an effect's transaction."""

import dataclasses
import uuid
from collections.abc import Callable

from jobs import points
from jobs.errors import LeaseLostError
from jobs.models import Job
from jobs.states import State
from jobs.telling import Told


def _ignore(_told: Told) -> None:
    """Listen to work that nobody runs: a test, or a person with a shell."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CurrentJob:
    """The job an actor is working on, its right to commit, and who listens to it."""

    job_id: uuid.UUID
    attempt: int
    token: int
    listen: Callable[[Told], None] = dataclasses.field(
        default=_ignore, repr=False, compare=False
    )

    def tell(self, done: float, total: float, *, note: str = "") -> None:
        """Say that ``done`` of ``total`` is done, in any unit, and what is being done.

        Costs microseconds, so it may be called for every row, from any thread of the
        work: the latest is written twice a second, apart from the work's transaction.
        Within an attempt it never falls. Operators see it, and the first 100 signs of
        ``note``; trouble on the way costs the work nothing.

        Raises ``ValueError`` for what is no number.
        """
        self.listen(Told.of(done, total, note))

    def hold(self) -> None:
        """Lock the job's row until the caller's transaction ends.

        Raises ``LeaseLostError`` unless this attempt is still the current one and
        nobody asked for a cancel. Call it inside the transaction that writes the
        effect, as its last act: the row is also what the heartbeat writes.
        """
        points.reach("before_fence")
        is_ours = (
            Job.objects.select_for_update()
            .filter(
                pk=self.job_id,
                state=State.RUNNING,
                token=self.token,
                cancel_requested_at=None,
            )
            .values_list("pk", flat=True)
            .first()
        )
        if is_ours is None:
            raise LeaseLostError(attempt=self.attempt)
        points.reach("before_commit")
