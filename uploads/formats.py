"""How a file may be said to be written: which encodings and delimiters there are."""

LONGEST_FORMAT_CHARS = 40
# No till parts its columns with more.
LONGEST_DELIMITER_CHARS = 8


def is_encoding(name: str) -> bool:
    """Say whether Python knows an encoding of texts by this name."""
    try:
        "".encode(name)
    except (LookupError, ValueError):
        return False
    return 0 < len(name) <= LONGEST_FORMAT_CHARS


def is_delimiter(mark: str) -> bool:
    """Say whether a text may part fields: signs, and no letter that a cell may hold.

    Spaces alone are one sign at most: how many there are says nothing.
    """
    if not 0 < len(mark) <= LONGEST_DELIMITER_CHARS or (
        len(mark) > 1 and mark == " " * len(mark)
    ):
        return False
    return not any(sign.isalnum() or sign in "\"'\r\n\\\x00" for sign in mark)
