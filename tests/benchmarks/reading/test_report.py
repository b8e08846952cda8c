import json

import pytest

from benchmarks.reading.contest import Passage, ReadingMeasured
from benchmarks.reading.files import REGULAR
from benchmarks.reading.report import content_of, lines_of

ROWS = 1_000_000


def passage(seconds: float, *, megabytes: int = 400) -> Passage:
    return Passage(records=ROWS, seconds=seconds, peak_bytes=megabytes * 1_000_000)


def measured(*careful_seconds: float, longer_megabytes: int = 420) -> ReadingMeasured:
    return ReadingMeasured(
        rows=ROWS,
        rounds=tuple(
            {REGULAR: passage(2.0), "quoted": passage(seconds)}
            for seconds in careful_seconds
        ),
        longer=passage(20.0, megabytes=longer_megabytes),
    )


def test_a_ratio_is_the_median_of_rounds_so_that_one_bad_run_decides_nothing() -> None:
    lines = {line.name: line for line in lines_of(measured(6.0, 7.0, 90.0))}

    assert lines["quoted / regular"].value == pytest.approx(3.5)
    assert all(line.is_met for line in lines.values())


@pytest.mark.parametrize(
    ("run", "name"),
    [
        (measured(8.2), "quoted / regular"),
        (
            measured(6.0, longer_megabytes=510),
            "peak memory, 10 times the rows / as they are",
        ),
    ],
)
def test_each_bar_can_be_missed_and_is_then_named(
    run: ReadingMeasured, name: str
) -> None:
    assert [line.name for line in lines_of(run) if not line.is_met] == [name]


def test_what_was_measured_is_ready_for_json() -> None:
    content = json.loads(json.dumps(content_of(measured(6.0))))

    assert content["measured"]["rounds"][0]["quoted"]["seconds"] == 6.0
    assert len(content["report"]) == len(lines_of(measured(6.0)))
