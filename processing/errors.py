"""Why an upload cannot go on, sorted by what to do next: give up, or try again."""

from typing import ClassVar


class ProcessingError(Exception):
    """Base of both branches. ``facts`` go to the API; the message is safe to show.

    A subclass sets ``code`` (it never changes once released) and ``template``, which is
    filled with the facts given as keyword arguments.
    """

    code: ClassVar[str] = ""
    template: ClassVar[str] = ""
    is_permanent: ClassVar[bool] = False

    def __init__(self, **facts: str | float | None) -> None:
        super().__init__(self.template.format(**facts))
        self.facts = facts


class PermanentError(ProcessingError):
    """The same input can never succeed; it is not tried again."""

    is_permanent: ClassVar[bool] = True


class TransientError(ProcessingError):
    """It may succeed later; jobs tries again after a while."""


class TooManyBadRowsError(PermanentError):
    """More rows were refused than the client allowed; none landed.

    The client reads the refused rows, repairs them and sends the file again, or allows
    more of them.
    """

    code: ClassVar[str] = "too_many_bad_rows"
    template: ClassVar[str] = (
        "{rejected} of {read} rows were refused; at most {allowed} were allowed"
    )


class StoredFileMissingError(PermanentError):
    """The upload's file is not in storage any more; it has to be sent again."""

    code: ClassVar[str] = "stored_file_missing"
    template: ClassVar[str] = "the file is no longer stored; send it again"


class NoCorrectionError(PermanentError):
    """A correction does not say which refused lines it corrects; nothing landed.

    The file of refused rows says it in a column of its own, which has to stay.
    """

    code: ClassVar[str] = "no_correction"
    template: ClassVar[str] = (
        "the file has no column {column}; repair the refused rows in the file as it was"
        " downloaded"
    )


class RowsNotConservedError(PermanentError):
    """The counts of an upload do not add up, so nothing of it was kept: a bug."""

    code: ClassVar[str] = "rows_not_conserved"
    template: ClassVar[str] = "{read} rows were read but {accounted} accounted for"


class StoreRefusedError(PermanentError):
    """Postgres refused a value the pipeline had accepted: a bug, nothing landed."""

    code: ClassVar[str] = "store_refused_value"
    template: ClassVar[str] = "the database refused a value (SQLSTATE {sqlstate})"


class KeyTakenError(TransientError):
    """A row meant to be new has a key of the table: it must be merged. Nothing landed.

    Whoever lands rows directly rolls back and merges them; nobody else meets it.
    """

    code: ClassVar[str] = "key_taken"
    template: ClassVar[str] = "a row's key is in the table already; merge the rows"


class StoreUnavailableError(TransientError):
    """The connection to Postgres broke, or it had no time or room; nothing landed."""

    code: ClassVar[str] = "database_unavailable"
    template: ClassVar[str] = "the database could not take the rows ({sqlstate})"


class SupersededError(PermanentError):
    """The upload was cancelled, deleted or taken over meanwhile; nothing landed."""

    code: ClassVar[str] = "superseded"
    template: ClassVar[str] = "the upload is no longer waiting for this attempt"
