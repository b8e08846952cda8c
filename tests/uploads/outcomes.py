"""What an attempt finds and comes to, for tests of an upload's life."""

import datetime as dt
from decimal import Decimal

from uploads.services.work import (
    Detection,
    Landed,
    Outcome,
    PeriodChange,
    Phase,
    ProgressReport,
    Remark,
    Tally,
)
from uploads.states import Period

DETECTION = Detection(
    sheet="",
    encoding="cp1252",
    delimiter=";",
    quote='"',
    escape=None,
    line_ending="\r\n",
    header_line=1,
    header=("Fecha",),
    columns=(),
    decimal_marks={"quantity": "comma"},
    date_orders={},
    confidence=0.9,
    assumptions=({"kind": "date_order", "column": "Fecha", "values": 3},),
)


def outcome(*, read: int = 10, inserted: int = 9) -> Outcome:
    return Outcome(
        tally=Tally(
            read=read,
            accepted=9,
            rejected=1,
            blank=2,
            footnotes=3,
            headers=4,
            remarks=(Remark(code="too_few_fields", rows=2, lines=(5, 8)),),
            reject_counts={"bad_date": 1},
            quality_score=Decimal("97.50"),
            quality_parts={"validity": Decimal("9.00")},
        ),
        landed=Landed(
            inserted=inserted, updated=0, unchanged=0, duplicate=0, deleted=3
        ),
        changes=(
            PeriodChange(
                period=Period.MONTHLY,
                starts_on=dt.date(2024, 1, 1),
                before=5,
                after=11,
                added=9,
                updated=0,
                unchanged=0,
                deleted=3,
            ),
        ),
        rows_per_second=5.0,
    )


def progress(percent: int) -> ProgressReport:
    return ProgressReport(phase=Phase.READING, percent=percent, rows_read=percent)
