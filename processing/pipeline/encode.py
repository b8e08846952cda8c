"""Typed rows as the CSV bytes that COPY takes."""

import io
from collections.abc import Mapping

import polars as pl

from processing.pipeline.fields import FIELDS
from processing.pipeline.frames import LINE, name_of

RECORD = "record"
EXTRA = "extra"
# The columns of ``Batch.copy_csv``, in order.
STAGING_COLUMNS: tuple[str, ...] = (
    RECORD,
    LINE,
    *(field.name for field in FIELDS),
    EXTRA,
)
# Moments are UTC; the fraction is written only where there is one.
MOMENT_FORMAT = "%Y-%m-%dT%H:%M:%S%.f+00:00"
# Rows a thread writes at a time: larger than the default, measured faster.
WRITE_ROWS = 8_192


def encode_rows(rows: pl.DataFrame) -> bytes:
    """Return rows with all of ``STAGING_COLUMNS`` as CSV, whole lines, no header.

    An absent value is empty and unquoted; an empty text would be two quotation marks.
    """
    return _csv(rows.select(STAGING_COLUMNS))


def landing_columns(rows: pl.DataFrame) -> tuple[str, ...]:
    """Return the value columns that hold anything; the others need not travel."""
    return tuple(
        name
        for name in (*(field.name for field in FIELDS), EXTRA)
        if rows[name].null_count() < rows.height
    )


def encode_landing(rows: pl.DataFrame, *, columns: tuple[str, ...]) -> bytes:
    """Return these columns of rows. Whose they are, the landing's session knows."""
    return _csv(rows.select(columns))


def _csv(rows: pl.DataFrame) -> bytes:
    out = io.BytesIO()
    rows.write_csv(
        out,
        include_header=False,
        datetime_format=MOMENT_FORMAT,
        batch_size=WRITE_ROWS,
    )
    return out.getvalue()


def extra_of(frame: pl.DataFrame, headers: Mapping[int, str]) -> pl.Series:
    """Return the columns without a field as JSON text: header to text or null."""
    nothing = pl.repeat(None, pl.len(), dtype=pl.String)
    if not headers:
        return frame.select(nothing.alias(EXTRA)).to_series()
    cells = [
        pl.col(name_of(column)).str.strip_chars().alias(header)
        for column, header in headers.items()
    ]
    return frame.select(pl.struct(cells).struct.json_encode().alias(EXTRA)).to_series()
