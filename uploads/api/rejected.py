"""The refused rows of an upload as the rows of a file that can be repaired.

The columns of the file come first and in their order, so that it can be sent again as
it is; ours have names that no file's column is taken for.
"""

from collections.abc import Iterator, Sequence

from uploads import selectors
from uploads.selectors import UploadView

OUR_COLUMNS = ("ayni_line", "ayni_code", "ayni_column", "ayni_message")


def rejected_rows(upload: UploadView) -> Iterator[Sequence[object]]:
    """Yield the header, then every refused row with its place and reason.

    Cells beyond the header's width follow our columns, so that nothing is lost. A
    duplicate has no cells: the row that it repeats has landed.
    """
    header = list(upload.dialect.get("header", ()))
    yield [*header, *OUR_COLUMNS]
    for reject, raw in selectors.reject_rows(upload.company_id, upload.id):
        cells = [*raw[: len(header)], *[""] * (len(header) - len(raw))]
        reason = (reject.line, reject.code, reject.column, reject.message)
        yield [*cells, *reason, *raw[len(header) :]]
