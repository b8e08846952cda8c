"""What a header means, and what it may mean where its words say so less plainly.

A word cut short, words written as one, the name of a table before it, what it is about
in parentheses: each is a guess, which is asked about where it matters unless the values
agree (``weighing.py``).
"""

import functools
import re
from collections.abc import Mapping, Sequence

from processing.pipeline.abbreviations import spelled_out
from processing.pipeline.gluing import unglued
from processing.pipeline.misspelt import respelt
from processing.pipeline.others import OTHERS
from processing.pipeline.phrases import words_of_shapes
from processing.pipeline.prefixes import without_tables
from processing.pipeline.synonyms import (
    fields_of_phrase,
    fields_written,
    is_rate,
    known_words,
)
from processing.pipeline.wording import normalise

# More than a word that is written down as doubtful has: values look like it says
# whichever of its meanings it has, and so cannot make it sure.
GUESSED = 0.87
PARENTHESES = re.compile(r"[()\[\]]")


def fields_of(header: str) -> Mapping[str, float]:
    """Return the fields a header may mean, each with how sure that is."""
    return fields_written(header) or _guesses(header)


def guess(meant: Mapping[str, float]) -> Mapping[str, float]:
    """Return meanings as sure as a guess may be."""
    return {field: min(strength, GUESSED) for field, strength in meant.items()}


def _guesses(header: str) -> Mapping[str, float]:
    if is_rate(header.lower()):
        return {}
    phrase = normalise(header.strip())
    opened = normalise(PARENTHESES.sub(" ", header).strip())
    rests = (rest for one in (phrase, opened) for rest in (one, *without_tables(one)))
    return next(filter(None, map(_guessed, rests)), {})


def _guessed(phrase: str) -> Mapping[str, float]:
    whole = spelled_out(phrase, _lexicon())
    return guess(
        fields_of_phrase(phrase)
        or fields_of_phrase(whole or "")
        or fields_of_phrase(respelt(phrase, _lexicon()) or "")
        or _agreed(unglued(phrase, _lexicon()))
    )


def _agreed(phrases: Sequence[str]) -> Mapping[str, float]:
    """Return what the ways to cut a word mean, if none of them says otherwise."""
    meanings = list(filter(None, map(fields_of_phrase, phrases)))
    fields = {max(meant, key=lambda field: meant[field]) for meant in meanings}
    is_other = any(not OTHERS.isdisjoint(phrase.split()) for phrase in phrases)
    return meanings[0] if len(fields) == 1 and not is_other else {}


@functools.cache
def _lexicon() -> frozenset[str]:
    return frozenset(word for phrase in known_words() for word in phrase.split()) | (
        words_of_shapes()
    )
