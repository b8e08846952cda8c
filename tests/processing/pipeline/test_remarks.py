"""What is odd about accepted rows: how many of them, and where the first ones stand."""

import random
from pathlib import Path

from processing.pipeline.quality import BatchStats, add_stats
from processing.pipeline.remarks import FIRST_LINES, Remark
from tests.processing.pipeline.files import GOOD, HEADER, read, sales, stored

SHORT = "05-01-2024;B1;A;2;1,5"


def test_a_row_that_is_refused_has_no_remark(tmp_path: Path) -> None:
    text = sales(GOOD + ";x", SHORT, "31-02-2024;B2;A", header=HEADER + ";Nota")

    (batch,) = read(stored(tmp_path, text)).batches

    assert (batch.accepted, len(batch.rejects)) == (2, 1)
    assert batch.stats.remarks == {"too_few_fields": Remark(rows=1, lines=(3,))}


def test_a_row_that_lacks_only_what_has_no_name_has_no_remark(tmp_path: Path) -> None:
    text = sales(GOOD + ";", SHORT, GOOD + ";", header=HEADER + ";")

    (batch,) = read(stored(tmp_path, text)).batches

    assert (batch.accepted, dict(batch.stats.remarks)) == (3, {})


def test_remarks_of_batches_add_up_in_any_order() -> None:
    rng = random.Random(11)
    batches = [
        BatchStats(remarks={"price_mismatch": Remark(rows=3, lines=(n, n + 1, n + 2))})
        for n in range(10, 90, 10)
    ]
    rng.shuffle(batches)

    total = BatchStats()
    for batch in batches:
        total = add_stats(total, batch)

    assert total.remarks == {
        "price_mismatch": Remark(rows=24, lines=(10, 11, 12, 20, 21))
    }
    assert len(total.remarks["price_mismatch"].lines) == FIRST_LINES
