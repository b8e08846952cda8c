"""When a cron line in a time zone comes round. Pure: the time is handed in."""

import itertools
from datetime import datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim


def next_slot(cron: str, *, zone: str, after: datetime) -> datetime:
    """Return the first moment of ``cron`` in ``zone`` that is later than ``after``.

    Raises ``cronsim.CronSimError`` for a line that is none, ``ZoneInfoNotFoundError``
    for a zone that is none, and ``StopIteration`` for one that never comes round.
    """
    return next(CronSim(cron, after.astimezone(ZoneInfo(zone))))


def slots_until(
    cron: str, *, zone: str, first: datetime, until: datetime
) -> list[datetime]:
    """Return ``first`` and the slots that follow it, up to ``until``."""
    later = CronSim(cron, first.astimezone(ZoneInfo(zone)))
    return [first, *itertools.takewhile(lambda slot: slot <= until, later)]
