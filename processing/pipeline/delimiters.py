"""The signs that may part fields, and what a text must show before each is believed."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

COMMON = (";", ",", "\t", "|")
# Tried only where no common delimiter does well. Some stand in no text; the others
# stand in texts and times too, and need more evidence.
UNCOMMON = ("^", "~", "\x1f", "\x01", "\x1e", "§", "¬")
SPEAKING = ("#", "&", "!", ":", " ", "+", "*", "=", "?")
# Several signs that are one delimiter: a sign twice, or a tab that a program spelled.
DOUBLED = ("\t\t", "||", ";;", "::", "~~", "^^", "##", "@@", "$$")
COMPOSED = ("|~|", "~|~", "|;|", "^|^", "\\t")
# A sign that is no delimiter: between words, or in a time.
SPOKEN = re.compile(r"(?<= )[^\w\s](?= )|(?<=[0-9]):(?=[0-9])")
# Around a sign, spaces belong to it where quoted fields stand behind them.
SPACED = ("{0} ", " {0} ")
# A sign between a mark that closes a field and one that opens the next.
MARKED = re.compile(r"(?<=[^\s\"'][\"'])( ?(?:[^\w\s\"'\\]|_) ?| )(?=[\"'][^\s\"'])")
MOST_LINES = 0.5
FEW_SIGNS = 3
# What no line of a file in one column may be parted by.
NONE_OF_THEM = (*COMMON, *UNCOMMON)


def several_signs(text: str, *, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the delimiters of several signs that a text gives reason to believe in.

    A doubled sign counts if outside of quotation marks it never stands alone, which
    empty fields between single signs would make it do. In texts and times it may.
    """
    bare = text
    for quote in quotes:
        bare = re.sub(f"{quote}[^{quote}\n]*{quote}", "x", bare)
    for sign in DOUBLED:
        if sign in bare and sign[0] not in SPOKEN.sub("", bare.replace(sign, "")):
            yield sign
    yield from (sign for sign in COMPOSED if sign in bare)


def between_marks(text: str, *, lines: int) -> Iterator[str]:
    """Yield the signs, whatever they are, that stand between two fields in marks.

    A sign in most lines is meant; spaces around it then belong to it.
    """
    found = Counter(MARKED.findall(text)).most_common(FEW_SIGNS)
    yield from (sign for sign, count in found if count > lines * MOST_LINES)


def with_spaces(text: str, *, quotes: Sequence[str]) -> Iterator[str]:
    """Yield the signs with spaces around, where a quoted field stands behind one."""
    for sign in COMMON:
        for form in SPACED:
            spaced = form.format(sign)
            if any(spaced + quote in text for quote in quotes):
                yield spaced
