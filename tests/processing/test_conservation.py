"""Whoever watches the reader is watched: the count of records, and that it bites."""

import csv
import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.pipeline.batches import Batch, ReadOptions
from processing.pipeline.findings import Understanding
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.preview import ALL, preview
from processing.pipeline.reader import read_batches, understand
from tests.processing.conservation import watched_preview, watched_reading
from tests.processing.oracle import Counted, Writing, count_text
from tests.processing.pipeline.files import GOOD, hints, read, sales, stored

WRITING = Writing(
    encoding="utf-8",
    delimiter=";",
    quote='"',
    escape="",
    line_ending="\n",
    width=3,
    first_line=1,
)
CELLS = st.text('ab;" \n', max_size=6)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=12)


@settings(max_examples=60, deadline=None)
@given(ROWS, st.sampled_from(["\n", "\r\n"]))
def test_the_machine_counts_what_the_standard_library_reads(
    rows: list[list[str]], ending: str
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator=ending).writerows(rows)

    counted = count_text(out.getvalue(), WRITING)

    blank = sum(not any(cell.strip() for cell in row) for row in rows)
    assert counted == Counted(records=len(rows) - blank, blank=blank)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('a;b;c\na;"b;c\na;b;c\n', (3, 0), id="an open mark"),
        pytest.param('a;b;c\na;"b;c\na;b"";c\n', (3, 0), id="closed too far below"),
        pytest.param('a;b;c\na;"b" b;c\n', (2, 0), id="a mark astray"),
        pytest.param('a;"b\nb";c\n\n;;\n', (1, 2), id="in two lines, and blanks"),
        pytest.param("a;b;c\ra;b;c\n", (2, 0), id="parted by a return"),
        pytest.param("a;b;c;d\na\n", (2, 0), id="long and short"),
    ],
)
def test_broken_text_has_the_records_that_the_rules_say(
    text: str, expected: tuple[int, int]
) -> None:
    records, blank = expected

    assert count_text(text, WRITING) == Counted(records=records, blank=blank)


def forgetful(
    path: Path, understanding: Understanding, options: ReadOptions
) -> Iterator[Batch]:
    for batch in read_batches(path, understanding, options):
        yield dataclasses.replace(
            batch, records_read=batch.records_read - 1, accepted=batch.accepted - 1
        )


def test_a_record_lost_by_reading_is_noticed(tmp_path: Path) -> None:
    path = stored(tmp_path, sales(GOOD, GOOD))
    understanding = understand(path, hints(), DEFAULT_LIMITS)

    with pytest.raises(AssertionError):
        list(watched_reading(forgetful)(path, understanding, ReadOptions()))


def test_a_record_lost_by_a_preview_is_noticed(tmp_path: Path) -> None:
    path = stored(tmp_path, sales(GOOD, GOOD))
    seen = preview(path, hints(), DEFAULT_LIMITS, records=ALL)
    short = dataclasses.replace(seen, records=seen.records[1:])

    with pytest.raises(AssertionError):
        watched_preview(lambda *_, **__: short)(path)


def test_every_reading_in_a_test_is_watched(tmp_path: Path) -> None:
    assert all(hasattr(each, "__wrapped__") for each in (read_batches, preview))
    assert read.__globals__["read_batches"] is read_batches
