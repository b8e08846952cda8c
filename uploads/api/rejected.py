"""The refused rows of an upload as the rows of a file that can be repaired.

The columns of the file come first and in their order, so that it can be sent again as
it is; ours have names that no file's column is taken for.
"""

from collections.abc import Iterator, Sequence

from uploads import selectors
from uploads.selectors import UploadView

OUR_LINE = "ayni_line"
OUR_COLUMNS = (OUR_LINE, "ayni_code", "ayni_column", "ayni_message")


def rejected_rows(upload: UploadView) -> Iterator[Sequence[object]]:
    """Yield the header, then every refused row with its place and reason.

    Rows that were corrected since are left out. Cells beyond the header's width follow
    our columns, so that nothing is lost. A duplicate has no cells: the row that it
    repeats has landed. Those of a correction name the lines of the first file.
    """
    header = list(upload.dialect.get("header", ()))
    theirs = [i for i, name in enumerate(header) if name not in OUR_COLUMNS]
    line_at = header.index(OUR_LINE) if OUR_LINE in header else None
    yield [*(header[i] for i in theirs), *OUR_COLUMNS]
    for reject, raw in selectors.open_rejects(upload.company_id, upload.id):
        cells = [*raw, *[""] * (len(header) - len(raw))]
        line = reject.line if line_at is None else cells[line_at]
        reason = (line, reject.code, reject.column, reject.message)
        yield [*(cells[i] for i in theirs), *reason, *raw[len(header) :]]
