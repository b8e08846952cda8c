import polars as pl
import pytest

from processing.pipeline.encode import RECORD
from processing.pipeline.repeats import Repeats, RowKeys, keys_of

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
