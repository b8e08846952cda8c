"""A file's name as its sender calls it, made safe to show. Never a path of ours."""

import re
import unicodedata

# As long as the column that keeps it.
LONGEST_NAME_CHARS = 255
NAMELESS = "upload.csv"


def displayable(name: str) -> str:
    """Return ``name`` without folders and without characters nobody can see.

    Control characters go, and so do those that turn the reading direction: with one of
    them ``gpj.csv`` looks like ``csv.jpg``. What is left is at most 255 characters
    long; nothing left is ``upload.csv``.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(
        " " if char.isspace() else char
        for char in last
        if char.isspace() or not unicodedata.category(char).startswith("C")
    )
    return " ".join(visible.split())[:LONGEST_NAME_CHARS].strip() or NAMELESS


def folded(header: str) -> str:
    """Return a header as columns are compared with what was learnt."""
    return header.strip().casefold()
