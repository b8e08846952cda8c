"""Escapes that are none: a backslash before a sign that needs no escape."""

import re
from collections.abc import Collection, Iterable, Iterator


def keep_lone_escapes(
    lines: Iterable[str], *, escape: str, meant: Collection[str]
) -> Iterator[str]:
    r"""Double the escapes that stand before none of what is ``meant``.

    The tokenizer would drop them without a word, and ``C:\ventas`` would be another
    path: a program that writes a mark as ``\"`` need not double its other backslashes.
    An escaped line end is meant, too.
    """
    mark = re.escape(escape)
    pair = re.compile(rf"{mark}(?P<sign>.?)", re.DOTALL)

    def kept(match: re.Match[str]) -> str:
        is_meant = match["sign"] in (*meant, "\r", "\n")
        return match.group() if is_meant else escape + match.group()

    return (pair.sub(kept, line) for line in lines)
