"""Where psycopg's errors become ours: nothing above ``copy`` catches psycopg."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from processing.errors import KeyTakenError, StoreRefusedError, StoreUnavailableError

# A session that Postgres ended because this process was stopped in the middle of a
# transaction raises InternalError, as ``jobs.outage`` says.
NO_DATABASE = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    psycopg.InternalError,
)


@contextmanager
def our_errors() -> Iterator[None]:
    """Raise our error for a psycopg one: permanent for a value, transient otherwise.

    A statement that is wrong in itself (``ProgrammingError``) is a bug and passes.
    The message never repeats Postgres's, which quotes values.
    """
    try:
        yield
    except (psycopg.DataError, psycopg.IntegrityError) as exc:
        raise StoreRefusedError(sqlstate=exc.sqlstate) from exc
    except NO_DATABASE as exc:
        raise StoreUnavailableError(sqlstate=exc.sqlstate or "no answer") from exc


@contextmanager
def new_keys_only() -> Iterator[None]:
    """Raise ``KeyTakenError`` for a key that is there already, else as ``our_errors``.

    Where keys were matched before, one that is there is a bug and not this.
    """
    with our_errors():
        try:
            yield
        except psycopg.errors.UniqueViolation as exc:
            raise KeyTakenError from exc
