"""Cron lines in time zones, over the days when clocks change."""

from datetime import datetime

import pytest

from jobs.cron import next_slot, slots_until


@pytest.mark.parametrize(
    ("cron", "zone", "after", "slot"),
    [
        ("0 3 * * *", "UTC", "2026-03-01T02:59:59+00:00", "2026-03-01T03:00:00+00:00"),
        ("0 3 * * *", "UTC", "2026-03-01T03:00:00+00:00", "2026-03-02T03:00:00+00:00"),
        # Summer ends in Chile on 5 April 2026: from UTC-3 to UTC-4.
        (
            "0 3 * * *",
            "America/Santiago",
            "2026-04-04T12:00:00+00:00",
            "2026-04-05T07:00:00+00:00",
        ),
        (
            "0 3 * * *",
            "America/Santiago",
            "2026-04-03T12:00:00+00:00",
            "2026-04-04T06:00:00+00:00",
        ),
    ],
)
def test_the_next_slot_is_told_by_the_clocks_of_the_zone(
    cron: str, zone: str, after: str, slot: str
) -> None:
    found = next_slot(cron, zone=zone, after=datetime.fromisoformat(after))

    assert found == datetime.fromisoformat(slot)


def test_slots_are_listed_up_to_now() -> None:
    first = datetime.fromisoformat("2026-03-01T03:00:00+00:00")
    until = datetime.fromisoformat("2026-03-01T03:12:00+00:00")

    slots = slots_until("*/5 * * * *", zone="UTC", first=first, until=until)

    assert [slot.minute for slot in slots] == [0, 5, 10]
