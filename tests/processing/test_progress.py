"""Progress: never falling, never too often, never in the way."""

import threading
from collections.abc import Iterator

import pytest
from django.db import OperationalError

from processing.progress import FINALISING, Meter, Reporter
from uploads.services.work import Phase, ProgressReport


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


class Listener:
    """Somebody who is told, and can be waited for."""

    def __init__(self) -> None:
        self.heard: list[ProgressReport] = []
        self.has_heard = threading.Semaphore(0)

    def __call__(self, report: ProgressReport) -> None:
        self.heard.append(report)
        self.has_heard.release()

    def wait(self) -> None:
        assert self.has_heard.acquire(timeout=5)


@pytest.fixture
def clock() -> Clock:
    return Clock()


def report(percent: int) -> ProgressReport:
    return ProgressReport(phase=Phase.READING, percent=percent)


def test_the_milestones_come_in_order(clock: Clock) -> None:
    meter = Meter(clock)

    percents = [
        meter.validated().percent,
        meter.counted(accepted=10, rejected=0, share=0.0).percent,
        meter.counted(accepted=20, rejected=0, share=0.5).percent,
        meter.counted(accepted=30, rejected=0, share=1.0).percent,
        meter.merged(0.5).percent,
        meter.merged(1.0).percent,
        meter.finalising().percent,
    ]

    assert percents == [10, 30, 45, 60, 75, 90, 90]


def test_rows_that_land_while_they_are_read_need_no_merge(clock: Clock) -> None:
    meter = Meter(clock)

    percents = [
        meter.counted(accepted=1, rejected=0, share=share, until=FINALISING).percent
        for share in (0.0, 0.5, 1.0)
    ]

    assert percents == [30, 60, 90]


def test_progress_never_falls(clock: Clock) -> None:
    meter = Meter(clock)
    meter.merged(0.5)

    late = meter.counted(accepted=1, rejected=0, share=0.1)

    assert late.percent == 75


def test_rows_and_speed_are_absolute(clock: Clock) -> None:
    meter = Meter(clock)
    clock.seconds += 2.0

    told = meter.counted(accepted=900, rejected=100, share=0.0)

    assert (told.rows_read, told.rows_accepted, told.rows_rejected) == (1000, 900, 100)
    assert told.rows_per_second == 500.0
    assert told.seconds_left == pytest.approx(2.0 * 70 / 30)


def test_nothing_is_foretold_from_the_first_moments(clock: Clock) -> None:
    told = Meter(clock).validated()

    assert (told.rows_per_second, told.seconds_left) == (None, None)


def test_only_the_newest_of_many_reports_is_told() -> None:
    listener = Listener()

    with Reporter(listener, per_second=20) as reporter:
        reporter.report(report(10))
        listener.wait()
        for percent in range(11, 60):
            reporter.report(report(percent))
        listener.wait()

    assert [heard.percent for heard in listener.heard] == [10, 59]


def test_what_was_not_told_in_time_is_dropped() -> None:
    listener = Listener()

    with Reporter(listener, per_second=0.01) as reporter:
        reporter.report(report(10))
        listener.wait()
        reporter.report(report(20))

    assert [heard.percent for heard in listener.heard] == [10]


def test_a_database_that_does_not_answer_stops_no_work() -> None:
    answers: Iterator[type[Exception] | None] = iter([OperationalError, None])
    listener = Listener()

    def tell(told: ProgressReport) -> None:
        listener(told)
        if error := next(answers):
            raise error

    with Reporter(tell, per_second=1000) as reporter:
        reporter.report(report(10))
        listener.wait()
        reporter.report(report(20))
        listener.wait()

    assert [heard.percent for heard in listener.heard] == [10, 20]
