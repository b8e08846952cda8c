"""Both languages whole: no sentence of one on a page of the other."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import translations
from tests.browser.conftest import OpenPage
from tests.browser.shops import Gallery

pytestmark = [pytest.mark.slow]
# Read as one sees it, block by block; scripts' own words lie in a template, unseen.
LINES = "document.body.innerText"


def words(app: str) -> dict[str, str]:
    """Return English to Spanish, where the two differ and hold no facts."""
    return {
        message.id: message.string
        for message in translations.catalogue_of(Path(app))
        if isinstance(message.id, str)
        and isinstance(message.string, str)
        and message.id
        and message.id != message.string
        and not {"%", "{"} & set(message.id)
    }


def visible(page: Page, gallery: Gallery) -> set[str]:
    lines: set[str] = set()
    for path in (
        "/uploads/",
        "/uploads/?status=cancelled",
        gallery.path("completed"),
        gallery.path("failed"),
        gallery.path("running"),
        gallery.path("asking"),
        gallery.review(),
        "/companies/new/",
    ):
        page.goto(path)
        lines |= {line.strip() for line in page.evaluate(LINES).splitlines()}
    return lines - {""}


@pytest.mark.parametrize(
    ("locale", "language"), [("es-CL", "es-CL"), ("en-GB", "en"), ("fr", "es-CL")]
)
def test_no_page_mixes_its_languages(
    open_page: OpenPage, gallery: Gallery, locale: str, language: str
) -> None:
    page = open_page(gallery.shop, locale=locale)
    pairs = words("ayni") | words("dashboard")
    english, spanish = set(pairs), set(pairs.values())
    foreign = spanish - english if language == "en" else english - spanish

    lines = visible(page, gallery)

    assert page.locator("html").get_attribute("lang") == language
    assert lines & foreign == set()
    assert lines & ((spanish | english) - foreign)


def test_a_browser_elsewhere_sees_the_companys_time_and_its_own_numbers_patched_alike(
    open_page: OpenPage, gallery: Gallery
) -> None:
    page = open_page(gallery.shop, timezone_id="Asia/Tokyo")
    page.goto(gallery.path("completed"))

    title = page.locator("time").first.get_attribute("title") or ""

    assert title.endswith("(America/Santiago)")


def test_the_language_is_switched_from_the_menu_and_the_theme_is_remembered(
    open_page: OpenPage,
) -> None:
    page = open_page()
    page.goto("/login/")

    page.locator("#settings-menu > summary").click()
    page.get_by_role("button", name="Oscuro").click()
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state()

    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("html").get_attribute("data-theme") == "dark"
