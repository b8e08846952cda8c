"""A table of sales is understood though nobody says how it is written."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from processing.pipeline.delimiters import COMMON, COMPOSED, DOUBLED, UNCOMMON
from tests.processing.pipeline.files import hints
from tests.processing.pipeline.styles import ENDINGS, Row, Style
from tests.processing.pipeline.test_corruption import COLUMNS, landed, table
from tests.processing.pipeline.test_properties import reread

LETTERS = "abcXYZ019ñÑáü°" + ";,\t|\"' ~^:#&!=@\n"
TEXTS = st.text(st.sampled_from(LETTERS), max_size=8).map("k{}k".format)
TABLES = st.lists(TEXTS, min_size=5, max_size=12).map(table)
STYLES = st.builds(
    Style,
    delimiter=st.sampled_from((*COMMON, *UNCOMMON, *COMPOSED, *DOUBLED)),
    is_always_quoted=st.booleans(),
    ending=st.sampled_from(ENDINGS),
    # What ends the lines is what most of them end with: as old Macs wrote both.
    breaks_as_lines_end=st.just(True),  # noqa: FBT003 - a value, not a switch
)
ENCODINGS = st.sampled_from(
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)


@settings(max_examples=150, deadline=None)
@given(TABLES, STYLES, ENCODINGS)
def test_a_table_reads_back_equal_though_nobody_says_how_it_is_written(
    rows: list[Row], style: Style, encoding: str
) -> None:
    sign = style.delimiter
    # A sign that is doubled is believed only where none stands alone, also in texts.
    assume(sign not in DOUBLED or not any(sign[0] in row[2] for row in rows))
    content = style.written([COLUMNS, *rows]).encode(encoding)

    reading = reread(content, hints(time_zone="UTC"))

    assert reading.faults() == []
    assert landed(reading) == [tuple(map(style.kept, row)) for row in rows]
