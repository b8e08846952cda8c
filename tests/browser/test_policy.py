"""The content policy holds, pages are light, and reading needs no script."""

import gzip
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.shops import Gallery
from tests.browser.watching import Watch

pytestmark = [pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
KILO = 1024
# ui.md, 5. Bars: gzipped.
OWN_SCRIPTS_BYTES = 20 * KILO
STYLES_BYTES = 12 * KILO
FIRST_VIEW_BYTES = 100 * KILO


def gzipped(pattern: str) -> int:
    return sum(
        len(gzip.compress(path.read_bytes(), 9))
        for app in ("ayni", "dashboard")
        for path in (ROOT / app / "static").rglob(pattern)
    )


def test_an_inline_script_does_not_run_and_is_complained_about(
    open_page: OpenPage, watch: Watch
) -> None:
    page = open_page()
    page.goto("/login/")

    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'taken over'";
          document.body.append(script);
        }"""
    )

    assert "taken over" not in page.title()
    assert any("Content Security Policy" in said for said in watch.complaints)
    watch.complaints.clear()


def test_our_scripts_and_styles_are_small() -> None:
    assert gzipped("*.js") <= OWN_SCRIPTS_BYTES
    assert gzipped("*.css") <= STYLES_BYTES


def test_the_first_view_of_the_list_is_light(
    open_page: OpenPage, gallery: Gallery
) -> None:
    page = open_page(gallery.shop)
    bodies: list[int] = []
    page.on(
        "response",
        lambda answer: (
            bodies.append(len(gzip.compress(answer.body()))) if answer.ok else None
        ),
    )

    page.goto("/uploads/", wait_until="networkidle")

    assert 0 < sum(bodies) <= FIRST_VIEW_BYTES


def test_no_template_has_an_inline_style_or_handler() -> None:
    inline = re.compile(r"\s(style|on[a-z]+)=\"|<style|<script>")
    guilty = [
        path.name
        for app in ("ayni", "dashboard")
        for path in (ROOT / app / "templates").rglob("*.html")
        if inline.search(path.read_text(encoding="utf-8"))
    ]

    assert guilty == []


def test_lists_and_pages_can_be_read_without_scripts(
    open_page: OpenPage, gallery: Gallery
) -> None:
    page = open_page(gallery.shop, java_script_enabled=False)

    page.goto("/uploads/?status=completed")
    page.locator(f"#open-{gallery.completed}").click()

    expect(page.locator("table.refusals tbody tr").first).to_be_visible()
    expect(page.locator("#live")).to_be_hidden()
    page.locator("#rejects-next").click()
    expect(page.locator("#rejects-first")).to_be_visible()
    expect(page.locator("#delete")).to_be_hidden()
