"""A file that can never be read, whoever tries again. Rows are never errors."""

from collections.abc import Mapping

# Code to message. The placeholders are the facts; none of them is ever cell content.
FILE_ERRORS: Mapping[str, str] = {
    "bad_encoding_name": "{encoding} is not an encoding this program knows",
    "empty_file": "the file has no records",
    "header_too_long": "a header is {chars} characters; the limit is {limit}",
    "line_too_long": "line {line} is longer than the limit of {limit} bytes",
    "not_csv": "the content is {found}, not delimited text",
    "too_many_bytes": "the content is longer than the limit of {limit} bytes",
    "too_many_columns": "the file has {columns} columns; the limit is {limit}",
    "too_many_rows": "the file has more than the limit of {limit} rows",
    "unknown_field": "{fields} is not a field of a transaction",
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
