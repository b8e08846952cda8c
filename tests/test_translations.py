"""Catalogues are complete, say nothing nobody asks for, and are compiled."""

from pathlib import Path

import pytest

from tests import translations


@pytest.mark.parametrize("app", translations.APPS, ids=str)
def test_the_compiled_catalogue_is_what_its_source_compiles_to(app: Path) -> None:
    catalogue = translations.catalogue_of(app)
    compiled = translations.catalogue_path(app).with_suffix(".mo").read_bytes()

    assert compiled == translations.compiled(catalogue)


@pytest.mark.parametrize("app", translations.APPS, ids=str)
def test_the_catalogue_answers_exactly_what_is_asked(app: Path) -> None:
    catalogue = translations.catalogue_of(app)
    answered = {translations.key_of(m) for m in catalogue if m.id}

    assert answered == set(translations.asked_by(app))


@pytest.mark.parametrize("app", translations.APPS, ids=str)
def test_nothing_is_left_untranslated_or_in_doubt(app: Path) -> None:
    doubtful = [
        m.id
        for m in translations.catalogue_of(app)
        if m.id and (m.fuzzy or not translations.is_translated(m))
    ]

    assert doubtful == []


@pytest.mark.parametrize("app", translations.APPS, ids=str)
def test_a_translation_keeps_the_facts_of_its_message(app: Path) -> None:
    broken = [
        error for message in translations.catalogue_of(app) for error in message.check()
    ]

    assert broken == []


def test_every_app_with_messages_has_a_catalogue() -> None:
    apps = {path.parent for path in translations.ROOT.glob("*/apps.py")}
    asking = {
        app.relative_to(translations.ROOT)
        for app in apps
        if translations.asked_by(app.relative_to(translations.ROOT))
    }

    assert asking == set(translations.APPS)
