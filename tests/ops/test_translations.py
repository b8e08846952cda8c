"""Words of the operators' pages are this app's own, in every language."""

from pathlib import Path

from django.utils import translation

from tests import translations


def test_no_other_app_says_a_word_of_these_pages_in_its_own_way() -> None:
    """Apps share one catalogue: what two of them say alike, one says for both."""
    messages = {
        key: message.string
        for message in translations.catalogue_of(Path("ops"))
        if isinstance(key := message.id, str) and key and not message.context
    }

    with translation.override("es"):
        strange = {k: s for k, s in messages.items() if translation.gettext(k) != s}

    assert messages
    assert strange == {}
