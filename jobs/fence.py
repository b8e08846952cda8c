"""The last act of an effect's transaction: ask whether it may still commit."""

import dataclasses
import uuid

from jobs import points
from jobs.errors import LeaseLostError
from jobs.models import Job
from jobs.states import State


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CurrentJob:
    """The job an actor is working on, and its right to commit."""

    job_id: uuid.UUID
    attempt: int
    token: int

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
