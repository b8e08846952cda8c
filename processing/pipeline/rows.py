"""Blocks of records to batches of typed rows: the bulk of the work, block by block."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Mapping

import polars as pl

from processing.pipeline.batches import Batch, Fresh, ReadOptions
from processing.pipeline.blocks import Block, Layout
from processing.pipeline.casts import FILLED, RANKS, ROUNDED, VERDICT, cast_rows
from processing.pipeline.days import count_days
from processing.pipeline.encode import (
    RECORD,
    encode_landing,
    encode_rows,
    extra_of,
    landing_columns,
)
from processing.pipeline.errors import FileError
from processing.pipeline.fields import FIELDS, REQUIRED, SCALE, Kind
from processing.pipeline.findings import Understanding
from processing.pipeline.footnotes import footnotes_of
from processing.pipeline.frames import (
    LINE,
    RANK,
    Selection,
    frame_of,
    rank_of_column,
    verdict,
)
from processing.pipeline.quality import BatchStats
from processing.pipeline.records import Dialect
from processing.pipeline.refusals import RawRecords, Rejects
from processing.pipeline.rejects import NUMBER_OF
from processing.pipeline.remarks import Remarks, remarks_of
from processing.pipeline.repeats import HASH, PAIR, RowKeys, Seen, keys_of
from processing.pipeline.rules import MISMATCH, PRICED, infer

# The verdict on a row without a required value. It may be a blank one whose cells hold
# spaces, which only the record itself can tell; its first values may be defaults.
MAYBE_BLANK = [verdict(RANKS[name], "missing_required") for name in REQUIRED]
UNTYPED = [
    NUMBER_OF[code]
    for code in ("bad_date", "bad_number", "number_out_of_range", "formula_error")
]
OUT_OF_RANGE_DATE = NUMBER_OF["date_out_of_range"]
# Enough keys of a batch to notice a file that was sent before.
SAMPLE_PAIRS = 1_000
TYPES: dict[Kind, pl.DataType] = {
    Kind.MOMENT: pl.Datetime("us"),
    Kind.TEXT: pl.String(),
    Kind.NUMBER: pl.Decimal(38, SCALE),
}


def layout_of(understanding: Understanding) -> Layout:
    """Return how the records of an understood file lie."""
    return Layout(
        dialect=Dialect(
            delimiter=understanding.delimiter,
            quote=understanding.quote,
            escape=understanding.escape,
            line_ending=understanding.line_ending,
        ),
        encoding=understanding.encoding,
        width=len(understanding.header),
        first_line=understanding.first_line,
        source_start=understanding.mark_bytes,
        names=understanding.header,
    )


def select_columns(
    understanding: Understanding, *, extra: tuple[int, ...], field_bytes: int
) -> Selection:
    """Return the columns with a field, and ``extra`` ones besides, to be read."""
    fields = {c.index: c.field for c in understanding.columns if c.field is not None}
    return Selection(
        width=len(understanding.header),
        columns=tuple(sorted({*fields, *extra})),
        ranks={
            index: RANKS[fields[index]] if index in fields else rank_of_column(index)
            for index in range(len(understanding.header))
        },
        field_bytes=field_bytes,
        line_ending=understanding.line_ending,
    )


class RowReader:
    """Turns the blocks of one file, in order, into batches; counts the records."""

    def __init__(self, understanding: Understanding, options: ReadOptions) -> None:
        self._understanding = understanding
        self._options = options
        self._layout = layout_of(understanding)
        self._extra = _extra_headers(understanding) if options.keep_extra else {}
        self._selection = select_columns(
            understanding,
            extra=tuple(self._extra),
            field_bytes=options.limits.field_bytes,
        )
        self._columns = {f.name: understanding.indices_of(f.name) for f in FIELDS}
        self._named_width = _named_width(understanding)
        self._records = 0
        self._seen = Seen()

    def read(self, block: Block) -> Batch:
        """Return the batch of a block.

        Raises ``FileError`` if the file turns out to have more rows than it may.
        """
        frame = frame_of(block.scan, self._selection)
        typed = cast_rows(frame, self._understanding)
        rows = typed.with_columns(extra_of(frame, self._extra))
        raw = RawRecords(block, self._layout)
        rows, hollow = _without_blanks(rows, raw)
        rows, footnotes = _without_footnotes(rows, footnotes_of(block, self._layout))
        rows = self._numbered(rows)
        rejects = self._rejects(rows, raw)
        accepted = infer(_complete(rows.filter(pl.col(VERDICT).is_null())))
        blank = block.scan.blank + hollow
        keys = keys_of(accepted, hashing=self._options.hashing)
        fresh, others = self._divide(accepted, keys)
        only_counts = self._options.only_counts
        return Batch(
            copy_csv=b"" if only_counts else encode_rows(others),
            pairs=accepted.select(PAIR) if only_counts else None,
            fresh=fresh,
            keys=keys,
            accepted=accepted.height,
            rejects=rejects,
            reject_counts=rejects.counts(),
            records_read=rows.height,
            blank=blank,
            footnotes=footnotes,
            headers=block.scan.headers,
            bytes_done=block.source_end,
            stats=dataclasses.replace(
                self._stats(rows, accepted, block, hashes=keys.frame[HASH]),
                blank=blank,
                footnotes=footnotes,
                headers=block.scan.headers,
            ),
        )

    def _numbered(self, rows: pl.DataFrame) -> pl.DataFrame:
        numbered = rows.with_row_index(RECORD, offset=self._records + 1)
        self._records += rows.height
        if self._records > self._options.limits.rows:
            raise FileError("too_many_rows", limit=self._options.limits.rows)
        return numbered

    def _divide(
        self, accepted: pl.DataFrame, keys: RowKeys
    ) -> tuple[Fresh | None, pl.DataFrame]:
        """Return the rows that may land straight away, and those that may not."""
        if not self._options.divides:
            return None, accepted
        days = count_days(accepted["occurred_at"], self._understanding.time_zone)
        repeated = self._seen.repeated(keys.frame[HASH])
        if not repeated.any():
            return _fresh(accepted, days), accepted.clear()
        return _fresh(accepted.filter(~repeated), days), accepted.filter(repeated)

    def _rejects(self, rows: pl.DataFrame, raw: RawRecords) -> Rejects:
        return Rejects(
            rows.filter(pl.col(VERDICT).is_not_null()),
            raw,
            headers=self._understanding.header,
            columns=self._columns,
        )

    def _stats(
        self,
        rows: pl.DataFrame,
        accepted: pl.DataFrame,
        block: Block,
        *,
        hashes: pl.Series,
    ) -> BatchStats:
        codes = rows[VERDICT] % RANK
        totals = accepted.select(
            pl.col("quantity").sum(),
            pl.col("price_total").sum(),
            pl.col(PRICED).sum(),
            pl.col(MISMATCH).sum(),
            pl.col(ROUNDED).sum(),
            first=pl.col("occurred_at").min(),
            last=pl.col("occurred_at").max(),
        ).row(0, named=True)
        return BatchStats(
            records=rows.height,
            accepted=accepted.height,
            required_filled=int(rows[FILLED].sum()),
            untyped=int(codes.is_in(UNTYPED).sum()),
            out_of_range_dates=int((codes == OUT_OF_RANGE_DATE).sum()),
            priced=totals[PRICED],
            mismatched=totals[MISMATCH],
            rounded=totals[ROUNDED],
            repeated=accepted.height - hashes.n_unique(),
            remarks=self._remarks(accepted, block),
            quantity_total=totals["quantity"],
            price_total=totals["price_total"],
            first_moment=totals["first"],
            last_moment=totals["last"],
        )

    def _remarks(self, accepted: pl.DataFrame, block: Block) -> Remarks:
        careful = block.scan.careful
        short = [r.line for r in careful if len(r.fields) < self._named_width]
        return remarks_of(
            {
                "price_mismatch": accepted.filter(MISMATCH)[LINE],
                "rounded": accepted.filter(pl.col(ROUNDED) > 0)[LINE],
                "too_few_fields": accepted.filter(pl.col(LINE).is_in(short))[LINE],
            }
        )


def _fresh(rows: pl.DataFrame, days: Mapping[dt.date, int]) -> Fresh:
    columns = landing_columns(rows)
    step = max(1, rows.height // SAMPLE_PAIRS)
    return Fresh(
        csv=encode_landing(rows, columns=columns),
        columns=columns,
        rows=rows.height,
        pairs=tuple(rows.select(PAIR).gather_every(step).rows()),
        days=days,
    )


def _named_width(understanding: Understanding) -> int:
    """Return the fewest cells with which a record lacks nothing that has a name."""
    named = (c.index for c in understanding.columns if c.header or c.field)
    return 1 + max(named, default=-1)


def _extra_headers(understanding: Understanding) -> dict[int, str]:
    """Return a name of its own for every column that has a header but no field."""
    names: dict[int, str] = {}
    for column in understanding.columns:
        if column.field is not None or not column.header:
            continue
        name, again = column.header, 2
        while name in names.values():
            name, again = f"{column.header} ({again})", again + 1
        names[column.index] = name
    return names


def _without_blanks(rows: pl.DataFrame, raw: RawRecords) -> tuple[pl.DataFrame, int]:
    """Return the rows that have a cell which is not blank, and how many have none."""
    suspects = rows.filter(pl.col(VERDICT).is_in(MAYBE_BLANK))[LINE].to_list()
    blank = [
        line for line in suspects if not any(c.strip() for c in raw.fields_at(line))
    ]
    if not blank:
        return rows, 0
    return rows.filter(~pl.col(LINE).is_in(blank)), len(blank)


def _without_footnotes(
    rows: pl.DataFrame, lines: Collection[int]
) -> tuple[pl.DataFrame, int]:
    """Return the rows that are no footnotes, and how many are.

    A row that could land is a sale, whatever it looks like.
    """
    if not lines:
        return rows, 0
    is_footnote = rows[LINE].is_in(lines) & rows[VERDICT].is_not_null()
    return rows.filter(~is_footnote), int(is_footnote.sum())


def _complete(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with a column for every field, absent where the file has none."""
    return rows.with_columns(
        pl.lit(None, dtype=TYPES[field.kind]).alias(field.name)
        for field in FIELDS
        if field.name not in rows.columns
    )
