"""The database's clock, the only one whose times are compared between processes."""

from datetime import datetime, timedelta

from django.db import connection
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, Func
from django.db.models.expressions import Combinable, Value


def now() -> Func:
    """Return this very moment, not the transaction's first, which is SQL's own."""
    return Func(function="clock_timestamp", output_field=DateTimeField())


def ago(delay: timedelta = timedelta()) -> Combinable:
    """Return the moment ``delay`` before the statement began: to compare rows with.

    Unlike ``now`` it stays the same while a statement runs, so that an index can be
    asked for it; with ``now`` a million ended jobs are read one by one.
    """
    begun = Func(function="statement_timestamp", output_field=DateTimeField())
    return ExpressionWrapper(
        begun - Value(delay, output_field=DurationField()),
        output_field=DateTimeField(),
    )


def after(delay: timedelta) -> Combinable:
    """Return the moment ``delay`` from now; a negative one lies in the past."""
    return ExpressionWrapper(
        now() + Value(delay, output_field=DurationField()),
        output_field=DateTimeField(),
    )


def read() -> datetime:
    """Ask for this very moment, where Python has to compare or to count with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (moment,) = cursor.fetchone()
    return moment  # type: ignore[no-any-return]  # the driver's rows have no types
