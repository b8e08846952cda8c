"""Several records on one line, where carriage returns alone end them here and there."""

import dataclasses

from processing.pipeline.records import Dialect, Record, Window, cut_record


def parted_by_returns(
    line: bytes, number: int, dialect: Dialect, *, width: int | None
) -> list[Record]:
    """Return the records on a line with such returns, all but the last of no length.

    They are believed if each has a value, no flaw, and the width it has to have or else
    that of the others. If one does not do, there are none, and the line is one record.
    """
    parts = line.splitlines(keepends=True)
    window = Window(
        lines=parts,
        is_regular=[False] * len(parts),
        first_line=number,
        is_last=True,
        patience_bytes=len(line),
    )
    records: list[Record] = []
    for part in range(len(parts)):
        record = cut_record(window, part, dialect, width=width)
        width = len(record.fields) if width is None else width
        is_whole = len(record.fields) == width > 1 and any(
            map(str.strip, record.fields)
        )
        if not is_whole or record.lines > 1 or record.flaw:
            return []
        is_last = part + 1 == len(parts)
        records.append(dataclasses.replace(record, line=number, lines=int(is_last)))
    return records
