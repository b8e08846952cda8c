"""The phases of an upload as a list with a place in it. Pure."""

import dataclasses
import enum

from uploads.selectors.views import UploadView
from uploads.states import UNFINISHED, Status


class StepState(enum.StrEnum):
    """Where a step stands; the upload stopped in a ``stopped`` one."""

    DONE = "done"
    CURRENT = "current"
    STOPPED = "stopped"
    AHEAD = "ahead"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One phase and where it stands."""

    phase: str
    state: StepState


# Each phase ends at this percentage (design.md, The life of an upload).
ENDS = (
    ("waiting", 0),
    ("validating", 10),
    ("reading", 60),
    ("merging", 90),
    ("finalising", 100),
)


def steps_of(upload: UploadView) -> tuple[Step, ...]:
    """Return every phase of the upload in order, at most one of them not settled."""
    if upload.status == Status.COMPLETED:
        return tuple(Step(phase=phase, state=StepState.DONE) for phase, _ in ENDS)
    at = _place(upload)
    stand = StepState.CURRENT if upload.status in UNFINISHED else StepState.STOPPED
    return tuple(
        Step(phase=phase, state=_state(index - at, stand))
        for index, (phase, _) in enumerate(ENDS)
    )


def _place(upload: UploadView) -> int:
    phases = [phase for phase, _ in ENDS]
    if upload.phase in phases:
        return phases.index(upload.phase)
    if upload.status == Status.PENDING or not upload.started_at:
        return 0
    return next(i for i, (_, end) in enumerate(ENDS) if upload.progress_percent < end)


def _state(distance: int, stand: StepState) -> StepState:
    if distance == 0:
        return stand
    return StepState.DONE if distance < 0 else StepState.AHEAD
