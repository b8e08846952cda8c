"""Words of a header that were written as one, and perhaps cut at ten letters, apart.

Old tables name their columns so: ``CODPRODUCT`` of a "codigo producto".
"""

import functools
from collections.abc import Collection, Iterator

from processing.pipeline.others import OTHERS
from processing.pipeline.vocabulary import LITTLE, SAME

# Shorter ones stand inside of anything.
SHORTEST_PIECE, SHORTEST_GLUED, MOST_PIECES = 3, 6, 4
SHORT_PIECES = frozenset({"id", "nr", "de", "la"})
# A dBASE name has ten characters at most, and people cut it shorter. Of the last word
# so many letters say which it is; fewer say nothing, if the name is as long as may be.
FEWEST_CHARS, NAME_CHARS, SHORTEST_END = 8, 10, 3


def unglued(phrase: str, lexicon: Collection[str]) -> tuple[str, ...]:
    """Return the phrases that a normalised one may be with its words apart, if any.

    ``lexicon`` are the words that need no cutting.
    """
    words = phrase.split()
    glued = [word for word in words if word not in lexicon]
    if len(glued) != 1 or len(glued[0]) < SHORTEST_GLUED:
        return ()
    known = _pieces_known(frozenset(lexicon))
    return tuple(
        " ".join(dict.fromkeys(_with(words, glued[0], pieces)))
        for pieces in _cuts(glued[0], known)
    )


def _with(words: list[str], glued: str, pieces: tuple[str, ...]) -> Iterator[str]:
    for word in words:
        yield from pieces if word == glued else (word,)


@functools.cache
def _pieces_known(lexicon: frozenset[str]) -> frozenset[str]:
    words = {*lexicon, *SAME, *OTHERS}
    return frozenset(w for w in words if len(w) >= SHORTEST_PIECE) | SHORT_PIECES


@functools.lru_cache(maxsize=4_096)
def _cuts(word: str, known: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """Return the ways in which a word is known ones, each as what it means.

    That the last one was cut short is supposed only where it need be.
    """
    begun = tuple(_begun(word, known, ()))
    whole = [pieces for pieces, rest in begun if not rest]
    if not whole and FEWEST_CHARS <= len(word) <= NAME_CHARS:
        whole = [
            (*pieces, *ending)
            for pieces, rest in begun
            for ending in _endings(rest, known, is_full=len(word) == NAME_CHARS)
        ]
    return tuple(dict.fromkeys(whole))


def _begun(
    word: str, known: frozenset[str], before: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what a word begins with, in all ways, and what is left of it."""
    for end in range(2, len(word) + 1):
        if word[:end] not in known or len(before) == MOST_PIECES:
            continue
        meant = SAME.get(word[:end], word[:end])
        pieces = before if meant in LITTLE else (*before, meant)
        yield pieces, word[end:]
        yield from _begun(word[end:], known, pieces)


def _endings(
    rest: str, known: frozenset[str], *, is_full: bool
) -> list[tuple[str, ...]]:
    """Return what the beginning of a last word may be."""
    if len(rest) < SHORTEST_END:
        return [()] if is_full else []
    whole = {SAME.get(w, w) for w in known if w.startswith(rest)}
    return [(word,) for word in sorted(whole)]
