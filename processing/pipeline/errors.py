"""A file that can never be read, whoever tries again. Rows are never errors."""

from collections.abc import Mapping

# Code to message. The placeholders are the facts; none of them is ever cell content.
FILE_ERRORS: Mapping[str, str] = {
    "archive_method": "the content is {found}; pack the file as .zip, .gz or .zst",
    "bad_encoding_name": "{encoding} is not an encoding this program knows",
    "damaged_file": "the content is {found} that is damaged or cut off",
    "empty_file": "the file has no records",
    "header_too_long": "a header is {chars} characters; the limit is {limit}",
    "line_too_long": "line {line} is longer than the limit of {limit} bytes",
    "locked_file": "the content is {found} with a password; save it without one",
    "nested_archive": "the archive holds {found}; send that by itself",
    "not_csv": "the content is {found}, not a table; export it as CSV or .xlsx",
    "not_one_file": "the archive holds {files} files; send each of them by itself",
    "other_workbook": "the content is {found}; save it as .xlsx or as CSV",
    "too_many_bytes": "the content is longer than the limit of {limit} bytes",
    "too_many_columns": "the file has {columns} columns; the limit is {limit}",
    "too_many_rows": "the file has more than the limit of {limit} rows",
    "too_many_texts": "the texts of the workbook take more than {limit} bytes",
    "unknown_field": "{fields} is not a field of a transaction",
    "unknown_sheet": "the workbook has no sheet {sheet}; it has {sheets}",
    "unpacks_too_far": "the content unpacks to more than {limit} times its size",
    "unsafe_archive": "the archive's file is a link or has a path for a name",
}


class FileError(Exception):
    """The whole file is refused. ``code`` is a key of ``FILE_ERRORS``.

    The caller may show ``str(error)`` and ``facts`` to anyone. Reading the same bytes
    with the same hints again gives the same error, so it is never retried.
    """

    is_permanent = True

    def __init__(self, code: str, **facts: str | int) -> None:
        self.code = code
        self.facts = facts
        super().__init__(FILE_ERRORS[code].format(**facts))
