import random

import polars as pl
import pytest

from processing.pipeline.encode import RECORD
from processing.pipeline.repeats import Repeats, RowKeys, Seen, keys_of

Pair = tuple[str, str]


def keys(pairs: list[Pair], *, first_record: int) -> RowKeys:
    return keys_of(
        pl.DataFrame(
            pairs, schema=["transaction_id", "product_id"], orient="row"
        ).with_row_index(RECORD, offset=first_record)
    )


@pytest.mark.parametrize(
    ("batches", "records"),
    [
        pytest.param([], [], id="nothing was read"),
        pytest.param([[("B1", "A"), ("B1", "B")]], [], id="no pair stands twice"),
        pytest.param([[("B1", "A"), ("B2", "A"), ("B1", "A")]], [1, 3], id="in one"),
        pytest.param([[("B1", "A")], [("B2", "A"), ("B1", "A")]], [1, 3], id="in two"),
        pytest.param([[("B1", "1A")], [("B11", "A")]], [], id="joined alike"),
    ],
)
def test_the_rows_of_a_repeated_pair_are_found_in_every_batch(
    batches: list[list[Pair]], records: list[int]
) -> None:
    repeats, first_record = Repeats(), 1

    for pairs in batches:
        repeats.add(keys(pairs, first_record=first_record))
        first_record += len(pairs)

    assert repeats.records() == records


def test_a_hash_is_repeated_from_the_second_time_on_over_any_batches() -> None:
    rng = random.Random(5)
    numbers = [rng.randrange(400) for _ in range(1_000)]
    seen, met, expected, found = Seen(), set[int](), [], []

    for start in range(0, 1_000, 70):
        batch = numbers[start : start + 70]
        found += seen.repeated(pl.Series(batch, dtype=pl.UInt64)).to_list()
    for number in numbers:
        expected.append(number in met)
        met.add(number)

    assert found == expected


def test_a_batch_without_rows_repeats_nothing() -> None:
    seen = Seen()
    nothing = pl.Series([], dtype=pl.UInt64)

    assert seen.repeated(nothing).to_list() == []
    assert seen.repeated(pl.Series([7], dtype=pl.UInt64)).to_list() == [False]
    assert seen.repeated(nothing).to_list() == []
