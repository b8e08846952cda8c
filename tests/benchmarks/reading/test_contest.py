import pytest

from benchmarks.reading.contest import LONGER_TIMES, measure

ROWS = 200


@pytest.mark.slow
def test_every_file_is_read_whole_and_the_long_one_too() -> None:
    said: list[str] = []

    measured = measure(rows=ROWS, rounds=1, say=said.append)

    (passages,) = measured.rounds
    assert {passage.records for passage in passages.values()} == {ROWS}
    assert measured.longer.records == ROWS * LONGER_TIMES
    assert min(passage.peak_bytes for passage in passages.values()) > 10_000_000
    assert len(said) == len(passages) + 2
