"""The same things in the words of uploads, of the pipeline and of the landing."""

import dataclasses
import datetime as dt
from collections import Counter
from typing import Any
from zoneinfo import ZoneInfo

from processing.copy.corrections import ADDED_COLUMNS
from processing.copy.merge import Merged
from processing.copy.statements import Target
from processing.limits import reading_limits
from processing.pipeline.batches import ReadOptions
from processing.pipeline.casts import MOMENT_FIELD
from processing.pipeline.findings import DateOrder, DecimalMark, Hints, Understanding
from processing.pipeline.quality import BatchStats, score
from uploads.answers import Answers
from uploads.services.work import (
    Corrected,
    DetectedColumn,
    Detection,
    Landed,
    LandingTables,
    PeriodChange,
    Remark,
    Tally,
    UploadWork,
)
from uploads.states import Period


def hints_of(work: UploadWork, *, now: dt.datetime) -> Hints:
    """Return what is known before the file is opened; ``now`` carries its zone.

    A correction is read as what it corrects was, however a spreadsheet has saved it.
    """
    hints = _own_hints(work, now)
    if work.corrects is None:
        return hints
    # The file of refused rows begins with the names of its columns.
    line = 1 if hints.header_line is None else hints.header_line
    return dataclasses.replace(
        hints,
        **_as_read(work.corrects),
        mapping=_mapping_of(work.corrects),
        header_line=line,
    )


def hints_of_corrected(hints: Hints, corrected: Corrected) -> Hints:
    """Return how the corrected file is read again; ``hints`` are of its correction."""
    dialect = corrected.dialect
    return dataclasses.replace(
        hints,
        **_as_read(corrected),
        encoding=dialect["encoding"],
        delimiter=dialect["delimiter"],
        quote=dialect["quote"] or "",
        header_line=dialect["header_line"],
        sheet=dialect.get("sheet") or None,
        mapping={},
        chosen={c["index"]: c["field"] or "" for c in dialect["columns"]},
    )


def _as_read(corrected: Corrected) -> dict[str, Any]:
    """Return the conventions of a file that was read: they hold for its rows again."""
    marks = corrected.dialect["decimal_marks"]
    orders = corrected.dialect["date_orders"]
    return {
        "forced_marks": {field: DecimalMark(mark) for field, mark in marks.items()},
        "forced_date_order": DateOrder(orders[MOMENT_FIELD]),
        "defaults": corrected.defaults,
        "learnt": {},
    }


def _mapping_of(corrected: Corrected) -> dict[str, str]:
    columns = {c["header"]: c["field"] or "" for c in corrected.dialect["columns"]}
    return {**columns, **dict.fromkeys(ADDED_COLUMNS, "")}


def _own_hints(work: UploadWork, now: dt.datetime) -> Hints:
    answers = work.answers
    formats = {**work.formats, **answers.reading.given()}
    mark, order = formats.get("decimal_mark"), formats.get("date_order")
    return Hints(
        today=now.astimezone(ZoneInfo(work.time_zone)).date(),
        time_zone=work.time_zone,
        decimal_mark=DecimalMark(work.decimal_mark),
        date_order=DateOrder(work.date_order),
        currency=work.currency,
        encoding=formats.get("encoding") or None,
        delimiter=formats.get("delimiter") or None,
        quote=answers.reading.quote,
        header_line=answers.reading.header_line,
        sheet=answers.reading.sheet,
        forced_decimal_mark=DecimalMark(mark) if mark else None,
        forced_date_order=_order_of(answers) or (DateOrder(order) if order else None),
        forced_marks={
            column.field: DecimalMark(column.decimal_mark)
            for column in answers.columns
            if column.decimal_mark
        },
        mapping=work.mapping,
        chosen={column.index: column.field for column in answers.columns},
        learnt=work.learnt,
        defaults={**work.defaults, **answers.defaults},
    )


def _order_of(answers: Answers) -> DateOrder | None:
    orders = (column.date_order for column in answers.columns if column.date_order)
    return next((DateOrder(order) for order in orders), None)


def options_of(work: UploadWork) -> ReadOptions:
    # The line that a row corrects travels as a column without a field.
    return ReadOptions(
        limits=reading_limits(),
        keep_extra=work.keep_extra or work.corrects is not None,
    )


def detection_of(understanding: Understanding) -> Detection:
    """Return what is kept with the upload of how its file was understood."""
    return Detection(
        encoding=understanding.encoding,
        delimiter=understanding.delimiter,
        quote=understanding.quote,
        escape=understanding.escape,
        line_ending=understanding.line_ending,
        header_line=understanding.header_line,
        header=understanding.header,
        columns=tuple(
            DetectedColumn(**dataclasses.asdict(column))
            for column in understanding.columns
        ),
        decimal_marks=dict(understanding.decimal_marks),
        date_orders=dict(understanding.date_orders),
        confidence=understanding.confidence,
        sheet=understanding.sheet.name if understanding.sheet else "",
        assumptions=tuple(map(dataclasses.asdict, understanding.assumptions)),
    )


def tally_of(stats: BatchStats, *, reject_counts: Counter[str]) -> Tally:
    """Return the counts of a whole file from the sum of its batches."""
    quality = score(stats)
    return Tally(
        read=stats.records,
        accepted=stats.accepted,
        rejected=reject_counts.total(),
        blank=stats.blank,
        footnotes=stats.footnotes,
        headers=stats.headers,
        remarks=tuple(
            Remark(code=code, rows=remark.rows, lines=remark.lines)
            for code, remark in stats.remarks.items()
        ),
        reject_counts=reject_counts,
        quality_score=quality.total,
        quality_parts=quality.parts,
    )


def target_of(work: UploadWork, tables: LandingTables) -> Target:
    return Target(
        table=tables.transactions,
        day_counts=tables.day_counts,
        company_id=str(work.company_id),
        upload_id=str(work.upload_id),
        time_zone=work.time_zone,
    )


def landed_of(merged: Merged) -> Landed:
    return Landed(
        inserted=merged.inserted,
        updated=merged.updated,
        unchanged=merged.unchanged,
        duplicate=merged.duplicate,
        deleted=merged.deleted,
    )


def changes_of(merged: Merged) -> tuple[PeriodChange, ...]:
    return tuple(
        PeriodChange(
            period=Period(totals.period),
            starts_on=totals.starts_on,
            before=totals.before,
            after=totals.after,
            added=totals.added,
            updated=totals.updated,
            unchanged=totals.unchanged,
            deleted=totals.deleted,
        )
        for totals in merged.periods
    )
