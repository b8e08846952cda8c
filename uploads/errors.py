"""What can go wrong with an upload as its sender sees it. Knows no framework.

Each class has a permanent code, an HTTP status and facts; ``accounts.api.errors`` makes
the one error shape of them.
"""

from typing import ClassVar

from accounts.errors import ProblemError


class UploadError(ProblemError):
    """Base of everything a client can be told about uploads."""


class UploadNotFoundError(UploadError):
    """No such upload in this company, or another company's: the two look the same."""

    code: ClassVar[str] = "upload_not_found"
    template: ClassVar[str] = "there is no such upload"
    http_status: ClassVar[int] = 404


class MappingNotFoundError(UploadError):
    """No such mapping in this company, or another company's."""

    code: ClassVar[str] = "mapping_not_found"
    template: ClassVar[str] = "there is no such mapping"
    http_status: ClassVar[int] = 404


class LearntHeaderNotFoundError(UploadError):
    """Nothing was learnt under this id in this company, or it was forgotten."""

    code: ClassVar[str] = "learnt_header_not_found"
    template: ClassVar[str] = "nothing was learnt under this id"
    http_status: ClassVar[int] = 404


class ReviewNotOpenError(UploadError):
    """The upload does not wait for an answer, or its file is gone."""

    code: ClassVar[str] = "review_not_open"
    template: ClassVar[str] = (
        "the upload is {status} ({reason}); only one that needs review and whose file"
        " is still kept can be answered"
    )
    http_status: ClassVar[int] = 409


class ReviewAnsweredError(UploadError):
    """Somebody answered first; `details` says who and when. Nothing was changed."""

    code: ClassVar[str] = "review_already_answered"
    template: ClassVar[str] = "the question was answered already, at {answered_at}"
    http_status: ClassVar[int] = 409


class ReviewIncompleteError(UploadError):
    """The answer leaves something open that every sale needs; `questions` names it."""

    code: ClassVar[str] = "review_incomplete"
    template: ClassVar[str] = "the answer leaves open: {fields}"
    http_status: ClassVar[int] = 422


class ReviewColumnUnknownError(UploadError):
    """The answer names a column by a position that the file does not have."""

    code: ClassVar[str] = "review_column_unknown"
    template: ClassVar[str] = (
        "there is no column {index}; the file has {columns}, counted from 0"
    )
    http_status: ClassVar[int] = 422


class ReviewNotPreviewedError(UploadError):
    """The answer reads the file another way and names columns nobody has seen yet.

    Get the preview of that reading first; its positions are those to name.
    """

    code: ClassVar[str] = "review_not_previewed"
    template: ClassVar[str] = (
        "read like this the file has not been looked at; get its preview first"
    )
    http_status: ClassVar[int] = 422


class PreviewUnavailableError(UploadError):
    """The file is no longer kept, so nothing of it can be shown."""

    code: ClassVar[str] = "preview_unavailable"
    template: ClassVar[str] = "the file is no longer kept; send it again"
    http_status: ClassVar[int] = 409


class PreviewRefusedError(UploadError):
    """Read in this way the file is refused; `reason` is the code of why."""

    code: ClassVar[str] = "preview_refused"
    template: ClassVar[str] = "the file cannot be read like this: {explanation}"
    http_status: ClassVar[int] = 422


class UploadTooLargeError(UploadError):
    """The file is larger than one file may be. Nothing of it was kept."""

    code: ClassVar[str] = "upload_too_large"
    template: ClassVar[str] = "the file is larger than the limit of {limit_bytes} bytes"
    http_status: ClassVar[int] = 413


class EmptyUploadError(UploadError):
    """The file has no byte; most likely the client sent the wrong one."""

    code: ClassVar[str] = "empty_upload"
    template: ClassVar[str] = "the file is empty"


class FileMissingError(UploadError):
    """A form came without its file; send it in the part named ``file``."""

    code: ClassVar[str] = "file_missing"
    template: ClassVar[str] = "the form has no file; send it in the part named file"


class OneFileOnlyError(UploadError):
    """A form came with several files; send one request for each."""

    code: ClassVar[str] = "one_file_only"
    template: ClassVar[str] = "the form has more than one file; send one at a time"


class DuplicateUploadError(UploadError):
    """The company has sent this very content before; ``force`` sends it again."""

    code: ClassVar[str] = "duplicate_upload"
    template: ClassVar[str] = (
        "the same content was uploaded before as {original_name}; force=true sends it"
        " again"
    )
    http_status: ClassVar[int] = 409


class IdempotencyKeyInvalidError(UploadError):
    """The key is not 1 to 255 visible ASCII characters."""

    code: ClassVar[str] = "idempotency_key_invalid"
    template: ClassVar[str] = (
        "Idempotency-Key has {length} characters; 1 to {longest} visible ones are"
        " allowed"
    )


class IdempotencyKeyReusedError(UploadError):
    """The key stood for another content or other options; use a new one."""

    code: ClassVar[str] = "idempotency_key_reused"
    template: ClassVar[str] = (
        "this Idempotency-Key was used for another content or with other options"
    )
    http_status: ClassVar[int] = 422


class UploadNotCancellableError(UploadError):
    """The upload has ended; there is nothing left to cancel."""

    code: ClassVar[str] = "upload_not_cancellable"
    template: ClassVar[str] = (
        "the upload is {status}; only one at work can be cancelled"
    )
    http_status: ClassVar[int] = 409


class UploadNotRetryableError(UploadError):
    """The upload has not failed, or its file is gone and has to be sent again."""

    code: ClassVar[str] = "upload_not_retryable"
    template: ClassVar[str] = (
        "the upload is {status} ({reason}); a failed, cancelled or reviewed one whose"
        " file is still kept can be tried again"
    )
    http_status: ClassVar[int] = 409


class UploadNotCorrectableError(UploadError):
    """The upload landed no row or its file is gone; send the rows as a new upload."""

    code: ClassVar[str] = "upload_not_correctable"
    template: ClassVar[str] = (
        "the upload is {status} ({reason}); only a completed one whose file is still"
        " kept can be corrected"
    )
    http_status: ClassVar[int] = 409


class UploadNotDeletableError(UploadError):
    """The upload is still at work; cancel it first."""

    code: ClassVar[str] = "upload_not_deletable"
    template: ClassVar[str] = "the upload is {status}; cancel it before deleting it"
    http_status: ClassVar[int] = 409


class MappingNameTakenError(UploadError):
    """Another mapping of the company has this name."""

    code: ClassVar[str] = "mapping_name_taken"
    template: ClassVar[str] = "another mapping is already called {name}"
    http_status: ClassVar[int] = 409


class StorageUnavailableError(UploadError):
    """The file could not be written: the disk is full or away. Nothing was kept."""

    code: ClassVar[str] = "storage_unavailable"
    template: ClassVar[str] = "the file could not be stored; try again later"
    http_status: ClassVar[int] = 503
