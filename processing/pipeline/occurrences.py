"""How often a file's accepted rows have some pairs of transaction and product."""

from collections.abc import Collection, Mapping
from pathlib import Path

import polars as pl

from processing.pipeline.batches import ReadOptions
from processing.pipeline.findings import Hints
from processing.pipeline.limits import Limits
from processing.pipeline.reader import read_batches, understand
from processing.pipeline.repeats import PAIR

Pair = tuple[str, str]


def count_pairs(
    path: Path, hints: Hints, limits: Limits, *, wanted: Collection[Pair]
) -> Mapping[Pair, int]:
    """Return for each wanted pair how many accepted rows of the file have it.

    Reads the whole file. Raises ``FileError`` as reading it for landing does.
    """
    understanding = understand(path, hints, limits)
    pairs = pl.DataFrame(
        list(wanted), schema=dict.fromkeys(PAIR, pl.String), orient="row"
    )
    options = ReadOptions(limits=limits, only_counts=True)
    found = [
        batch.pairs.join(pairs, on=PAIR, how="semi")
        for batch in read_batches(path, understanding, options)
        if batch.pairs is not None
    ]
    if not found:
        return {}
    counted = pl.concat(found).group_by(PAIR).len()
    return {(one, other): rows for one, other, rows in counted.iter_rows()}
