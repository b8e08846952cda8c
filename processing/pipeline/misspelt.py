"""Words of a header with one slip of the hand, as they were meant: ``Cantidda``.

One letter too many, too few or another, or two that changed places. It counts if all
words that it may be mean the same. What is found so is never sure.
"""

import functools
from collections.abc import Iterable, Iterator

from processing.pipeline.others import OTHERS
from processing.pipeline.vocabulary import SAME

# Shorter words are one slip away from too many others.
SHORTEST = 5
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def respelt(phrase: str, lexicon: Iterable[str]) -> str | None:
    """Return a normalised phrase with its unknown words mended, if all can be.

    ``lexicon`` are the words that need no mending.
    """
    known = frozenset(lexicon)
    words = phrase.split()
    meant = [word if word in known else _meant(word, known) for word in words]
    if meant == words or None in meant:
        return None
    return " ".join(dict.fromkeys(word for word in meant if word))


@functools.lru_cache(maxsize=4_096)
def _meant(word: str, known: frozenset[str]) -> str | None:
    if word in OTHERS or len(word) < SHORTEST:
        return None
    near = {one for one in _near(word) if one in SAME or one in known or one in OTHERS}
    meanings = {SAME.get(one, one) for one in near}
    return meanings.pop() if len(meanings) == 1 and not near & OTHERS else None


def _near(word: str) -> Iterator[str]:
    """Yield all that one slip may have made the word of; the first letter is right."""
    cuts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    for before, after in cuts:
        yield from (before + letter + after for letter in LETTERS)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in LETTERS)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
