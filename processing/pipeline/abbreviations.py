"""Words of a header cut short in a way that nobody wrote down, spelled out again.

A word is the beginning of another ("contrib" of "contribucion") or its letters in order
from the first to the last ("ctdad" of "cantidad"). It counts if all words that it may
be mean the same; words of things that are no field of ours are among them, so that
"desp" of a "despacho" is not taken for something else. What is found so is never sure.
"""

import functools
from collections.abc import Iterable, Mapping

from processing.pipeline.others import OTHERS
from processing.pipeline.vocabulary import LITTLE, SAME

# Shorter ones may be anything.
SHORTEST_BEGINNING, SHORTEST_CONTRACTION = 3, 3
# A contraction keeps at least so many of the letters.
KEPT_SHARE = 0.4


def spelled_out(phrase: str, lexicon: Iterable[str]) -> str | None:
    """Return a normalised phrase with its unknown words spelled out, if all can be.

    ``lexicon`` are the words that need no spelling out.
    """
    known = frozenset(lexicon)
    words = phrase.split()
    if all(word in known for word in words):
        return None
    whole = [word if word in known else _whole(word, known) for word in words]
    if None in whole:
        return None
    return " ".join(dict.fromkeys(word for word in whole if word))


@functools.lru_cache(maxsize=4_096)
def _whole(word: str, known: frozenset[str]) -> str | None:
    if word in OTHERS:
        return None
    meant = {
        SAME.get(candidate, candidate)
        for candidate in _candidates(known).get(word[0], ())
        if len(candidate) > len(word) and _may_be(word, candidate)
    }
    return meant.pop() if len(meant) == 1 else None


@functools.cache
def _candidates(known: frozenset[str]) -> Mapping[str, tuple[str, ...]]:
    """Return what a word may be, by the letter that both begin with."""
    words: dict[str, list[str]] = {}
    for word in {*SAME, *known, *OTHERS} - LITTLE:
        words.setdefault(word[0], []).append(word)
    return {letter: tuple(found) for letter, found in words.items()}


def _may_be(word: str, whole: str) -> bool:
    if len(word) >= SHORTEST_BEGINNING and whole.startswith(word):
        return True
    short, long = word.removesuffix("s"), whole.removesuffix("s")
    if len(short) < max(SHORTEST_CONTRACTION, KEPT_SHARE * len(long)):
        return False
    if short[0] != long[0] or short[-1] != long[-1]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
