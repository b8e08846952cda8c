"""Text that Postgres keeps, whatever it was."""

# Its picture says that a NUL stood there: Postgres keeps none in text.
NUL_PICTURE = "\N{SYMBOL FOR NULL}"


def keepable(text: str) -> str:
    """Return the text with what no column keeps made visible: NULs and half pairs.

    Where words come from an exception or from work, an odd sign in them must not be
    what keeps a job from being settled.
    """
    return text.encode("utf-8", "replace").decode().replace("\0", NUL_PICTURE)
