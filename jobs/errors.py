"""Why an attempt came to nothing, apart from what the work itself raised."""

from typing import ClassVar


class JobError(Exception):
    """Base of this package's errors; ``facts`` fill the message, which is safe to show.

    ``is_permanent`` says whether another attempt could succeed.
    """

    code: ClassVar[str] = ""
    template: ClassVar[str] = ""
    is_permanent: ClassVar[bool] = False

    def __init__(self, **facts: str | float | None) -> None:
        super().__init__(self.template.format(**facts))
        self.facts = facts


class LeaseLostError(JobError):
    """The attempt may not commit: another one has taken over, or it was cancelled.

    Raised by ``CurrentJob.hold``. Let it pass: it rolls the effect back.
    """

    code: ClassVar[str] = "lease_lost"
    template: ClassVar[str] = "attempt {attempt} is no longer the current one"


class WorkerLostError(JobError):
    """The process that did the work died, or gave no sign of life in time."""

    code: ClassVar[str] = "worker_lost"
    template: ClassVar[str] = "the process that did the work was lost ({how})"


class HardLimitError(JobError):
    """The work took longer than its actor allows and was killed."""

    code: ClassVar[str] = "hard_limit_passed"
    template: ClassVar[str] = "the work was stopped after {seconds:g} seconds"


class MemoryLimitError(JobError):
    """The work took more memory than ``AYNI_JOBS_CHILD_MEMORY_MB`` and was killed.

    The same work would take as much again: give it less at once, or allow more.
    """

    code: ClassVar[str] = "memory_limit"
    template: ClassVar[str] = (
        "the work needs more than {limit_mb} MB of memory, which is all it may take;"
        " split it, or ask for a higher limit"
    )
    is_permanent: ClassVar[bool] = True


class UnexpectedError(JobError):
    """The work raised something that is not one of our errors: a bug. It was logged."""

    code: ClassVar[str] = "internal_error"
    template: ClassVar[str] = "an unexpected error happened; it was logged"


class ResultNotJsonError(JobError):
    """The work has been done, and returned what JSON cannot hold: a bug of its actor.

    Return numbers, text, lists and mappings with names for keys; text for a decimal.
    """

    code: ClassVar[str] = "result_not_json"
    template: ClassVar[str] = "the work returned {kind}, which is not JSON: {why}"
    is_permanent: ClassVar[bool] = True


class ResultTooLargeError(JobError):
    """The work has been done, and returned more than is kept.

    Write it where it belongs, and return its id.
    """

    code: ClassVar[str] = "result_too_large"
    template: ClassVar[str] = (
        "the work returned {size_bytes} bytes of JSON; the limit is {limit_bytes} bytes"
    )
    is_permanent: ClassVar[bool] = True


class UnknownJobError(JobError):
    """Something was to wait for a job that does not exist, or no longer does."""

    code: ClassVar[str] = "job_unknown"
    template: ClassVar[str] = "there is no job {job_id}"
    is_permanent: ClassVar[bool] = True


class PredecessorCancelledError(JobError):
    """The job that this one waits for was cancelled: it will never succeed.

    Requeue either of them: the later one then waits for nobody.
    """

    code: ClassVar[str] = "predecessor_cancelled"
    template: ClassVar[str] = "a job that this one waits for was cancelled"
    is_permanent: ClassVar[bool] = True
