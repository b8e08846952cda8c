"""What the end of a job means for its upload, in the transaction that ends the job."""

import uuid

from jobs.hooks import Hooks, JobOutcome, register
from uploads import dispatch
from uploads.answers import Reading
from uploads.services import lifecycle
from uploads.services.previews import FAILED, keep_preview
from uploads.services.work import Reason

# The text of an error nobody expected may hold anything, SQL and paths included.
UNEXPECTED = "internal_error"
UNEXPECTED_MESSAGE = "something went wrong on our side; it was recorded"


def register_hooks() -> None:
    """Make uploads follow their jobs in this process."""
    hooks = Hooks(
        on_failure=fail,
        on_retry=wait_for_next_attempt,
        on_cancel=cancel,
        on_requeue=wait_again,
    )
    register(dispatch.ACTOR, hooks)
    register(dispatch.PREVIEW_ACTOR, Hooks(on_failure=give_up_preview))


def fail(outcome: JobOutcome) -> None:
    """Fail an upload whose job was given up, unless the attempt has settled it."""
    code = outcome.code or UNEXPECTED
    message = UNEXPECTED_MESSAGE if code == UNEXPECTED else outcome.message or code
    lifecycle.mark_failed(_upload_id(outcome), Reason(code=code, message=message))


def wait_for_next_attempt(outcome: JobOutcome) -> None:
    """Say that an attempt came to nothing and another one follows."""
    lifecycle.mark_retrying(_upload_id(outcome))


def cancel(outcome: JobOutcome) -> None:
    """Cancel the upload of a cancelled job."""
    lifecycle.mark_cancelled(_upload_id(outcome))


def wait_again(outcome: JobOutcome) -> None:
    """Let an upload start again whose job an operator has queued again."""
    lifecycle.mark_waiting(_upload_id(outcome))


def give_up_preview(outcome: JobOutcome) -> None:
    """Say that a preview could not be made, so that nobody waits for it."""
    keep_preview(_upload_id(outcome), Reading(**outcome.args["reading"]), FAILED)


def _upload_id(outcome: JobOutcome) -> uuid.UUID:
    return uuid.UUID(outcome.args["upload_id"])
