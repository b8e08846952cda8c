"""Lines for a person at a terminal, never cropped and never wrapped by us.

An address that was cut off cannot be opened.
"""

from rich.console import Console


def print_line(console: Console, line: str, *, style: str = "") -> None:
    """Print the text as it is: nothing in it is taken for markup."""
    console.print(line, style=style, soft_wrap=True, markup=False, highlight=False)


def printable(text: str) -> str:
    """Return the text with what would act on a terminal written out."""
    return "".join(
        character if character.isprintable() else f"\\x{ord(character):02x}"
        for character in text
    )
