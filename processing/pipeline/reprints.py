"""The header where a program that prints pages wrote it again among the records."""

import re
from collections.abc import Sequence

from processing.pipeline.header import clean_name
from processing.pipeline.records import Dialect

# A name by itself may be a value of its column.
FEWEST_NAMES = 2
WORD = re.compile(r"[^\W_]+")


class HeaderAgain:
    """Recognises the header of one file, bare or with marks around each name."""

    def __init__(self, names: Sequence[str], dialect: Dialect) -> None:
        bare = _bare(names)
        self._names = bare if len(bare) >= FEWEST_NAMES else None
        words = {word for name in bare for word in WORD.findall(name)}
        self._words = [word.encode() for word in sorted(words, key=len, reverse=True)]
        quote = dialect.quote or ""
        forms = (names, [f"{quote}{name}{quote}" for name in names])
        self._lines = frozenset(
            dialect.delimiter.join(form).encode() for form in forms if self._names
        )

    def is_in(self, text: bytes) -> bool:
        """Say whether some line of the text may be a header, without looking at it."""
        return any(line in text for line in self._lines)

    def may_be_in(self, text: bytes) -> bool:
        """Say whether the text has all words of a header, in whatever order."""
        return self._names is not None and all(word in text for word in self._words)

    def is_line(self, line: bytes) -> bool:
        return line.rstrip(b"\r\n") in self._lines

    def is_record(self, fields: Sequence[str]) -> bool:
        # Most records differ in their first field, and need no more looked at.
        return (
            self._names is not None
            and clean_name(fields[0]) == self._names[0]
            and _bare(fields) == self._names
        )


def _bare(cells: Sequence[str]) -> tuple[str, ...]:
    names = [clean_name(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)
