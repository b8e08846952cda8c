"""Words of the operators' pages: all there, and not another app's."""

from pathlib import Path

from babel.messages import pofile
from django.utils import translation

import ops

FOLDER = Path(ops.__file__).parent / "locale" / "es" / "LC_MESSAGES"


def spanish(message: pofile.Catalog) -> str:
    with translation.override("es"):
        if isinstance(message.id, tuple):
            return str(translation.ngettext(*message.id, 1))
        if message.context:
            return str(translation.pgettext(message.context, message.id))
        return str(translation.gettext(message.id))


def test_every_word_is_said_in_spanish_as_this_app_says_it() -> None:
    """Apps share one catalogue: a word may be another app's, with another meaning."""
    with (FOLDER / "django.po").open("rb") as source:
        messages = [message for message in pofile.read_po(source) if message.id]

    strange = {
        message.id: said
        for message in messages
        if (said := spanish(message))
        != (message.string[0] if isinstance(message.id, tuple) else message.string)
    }

    assert messages
    assert strange == {}
