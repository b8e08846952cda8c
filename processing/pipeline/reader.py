"""The face of the pipeline: understand a file, then read it in batches."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from processing.pipeline.batches import Batch, ReadOptions
from processing.pipeline.blocks import Layout, read_blocks
from processing.pipeline.columns import Matching, match_columns
from processing.pipeline.dialect import Judgement, cut_sample, detect_dialect
from processing.pipeline.encoding import Encoding, detect_encoding, pieces
from processing.pipeline.errors import FileError
from processing.pipeline.findings import Hints, Understanding
from processing.pipeline.frames import Selection, frame_of, rank_of_column
from processing.pipeline.header import Header, find_header
from processing.pipeline.limits import Limits
from processing.pipeline.rows import RowReader, layout_of
from processing.pipeline.scanning import has_line_longer_than, lines_of
from processing.pipeline.source import open_source
from processing.pipeline.survey import (
    Conventions,
    settle_conventions,
    survey_frames,
)

# Large enough that per-block costs vanish, small enough that a few fit anywhere: about
# 70,000 rows of a usual sales file.
BLOCK_BYTES = 8 << 20
# Structure is judged on this much; conventions are judged on the whole file.
SAMPLE_BYTES = 1 << 20


def understand(path: Path, hints: Hints, limits: Limits) -> Understanding:
    """Return how a file is to be read, having gone through all of it once.

    Opens questions instead of guessing; what was supposed is listed as assumptions.
    Raises ``FileError`` for what no answer could make readable.
    """
    structure = ...


def read_batches(
    path: Path, understanding: Understanding, options: ReadOptions
) -> Iterator[Batch]:
    """Yield the rows of a file in batches, in order; every record is in one of them.

    The file is open while the iterator is. Raises ``FileError`` when a limit breaks,
    with all batches before it already handed over.
    """
    rows = RowReader(understanding, options)
    layout = layout_of(understanding)
    with open_source(path) as stream:
        texts = pieces(
            stream,
            understanding.encoding,
            block_bytes=BLOCK_BYTES,
            start=understanding.mark_bytes,
        )
        for block in read_blocks(texts, layout, options.limits):
            yield rows.read(block)
