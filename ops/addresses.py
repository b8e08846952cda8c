"""What may stand in the address of an operators' page, or in one of its forms."""

from collections.abc import Mapping

from django.http import QueryDict

# As long as the columns that keep them.
LONGEST_NAME = 100
FINGERPRINT_CHARS = 200


def word(text: str, *, longest: int = LONGEST_NAME) -> str:
    """Return a word as it may stand in the table: Postgres refuses NUL."""
    return text.strip().replace("\0", "")[:longest]


def query_of(words: Mapping[str, str]) -> str:
    """Return the query of an address; what is empty is left out."""
    query = QueryDict(mutable=True)
    for name, value in words.items():
        if value:
            query[name] = value
    return f"?{query.urlencode()}"
