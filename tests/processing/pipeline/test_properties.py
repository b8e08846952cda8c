"""What holds for any table, however it is written and wherever it is damaged."""

import contextlib
import csv
import datetime as dt
import io
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import Literal

from hypothesis import given, settings
from hypothesis import strategies as st

from processing.pipeline.findings import Hints
from tests.processing.pipeline.files import HEADER, Reading, hints, read

# Letters of cp1252 and what makes trouble in a CSV; neither controls nor edges of
# spaces, which are refused and trimmed by rule.
LETTERS = "abcXYZ019ñÑáü°€¿$%&/()=?.:_+*#@!<>^~`{}[]\\"
TROUBLE = ";,\t|\"' \n"
TEXTS = (
    st.text(LETTERS + TROUBLE, min_size=1, max_size=20)
    .map(lambda text: f"k{text.strip()}k")
    .filter(lambda text: "\\" not in text)
)
AMOUNTS = st.decimals(-999_999, 999_999, places=4)
DAYS = st.dates(dt.date(1990, 1, 2), dt.date(2025, 12, 30))
ROWS = st.lists(
    st.tuples(DAYS, TEXTS, TEXTS, AMOUNTS, AMOUNTS), min_size=1, max_size=12
)
DELIMITERS = st.sampled_from(";,\t|")
ENDINGS = st.sampled_from(["\n", "\r\n"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"])
Quoting = Literal[0, 1, 2]
QUOTINGS: tuple[Quoting, ...] = (
    csv.QUOTE_MINIMAL,
    csv.QUOTE_ALL,
    csv.QUOTE_NONNUMERIC,
)
QUOTING = st.sampled_from(QUOTINGS)
FIRST_COLUMNS = HEADER.split(";")

Row = tuple[dt.date, str, str, Decimal, Decimal]


def written(rows: list[Row], *, delimiter: str, ending: str, quoting: Quoting) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=ending, quoting=quoting
    )
    writer.writerow(FIRST_COLUMNS)
    for day, *texts, quantity, total in rows:
        amounts = [f"{n:.4f}".replace(".", ",") for n in (quantity, total)]
        writer.writerow([f"{day:%d-%m-%Y}", *texts, *amounts])
    return out.getvalue()


def reread(content: bytes, told: Hints) -> Reading:
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        path = Path(folder) / "sales.csv"
        path.write_bytes(content)
        return read(path, told)


@settings(max_examples=150, deadline=None)
@given(ROWS, DELIMITERS, ENDINGS, QUOTING, ENCODINGS)
def test_a_table_reads_back_equal_from_any_dialect(
    rows: list[Row], delimiter: str, ending: str, quoting: Quoting, encoding: str
) -> None:
    text = written(rows, delimiter=delimiter, ending=ending, quoting=quoting)

    reading = reread(
        text.encode(encoding),
        hints(delimiter=delimiter, encoding=encoding, time_zone="UTC"),
    )

    assert reading.faults() == []
    assert [
        (
            dt.datetime.fromisoformat(row["occurred_at"] or "").date(),
            row["transaction_id"],
            row["product_id"],
            Decimal(row["quantity"] or "x"),
            Decimal(row["price_total"] or "x"),
        )
        for row in reading.rows
    ] == rows


@settings(max_examples=100, deadline=None)
@given(st.text(LETTERS + TROUBLE + "\r\x00\x01é\ufeff", max_size=200))
def test_whatever_a_file_holds_every_record_is_accounted_for(text: str) -> None:
    content = (HEADER + "\n05-01-2024;B1;A;2;1,5\n" + text).encode()

    reading = reread(content, hints(delimiter=";", encoding="utf-8"))

    read_records = sum(batch.records_read for batch in reading.batches)
    assert read_records == len(reading.rows) + len(reading.rejects)
    numbers = [int(row["record"] or 0) for row in reading.rows]
    numbers += [reject.record for reject in reading.rejects]
    assert sorted(numbers) == list(range(1, read_records + 1))
