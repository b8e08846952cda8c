"""The whole way without a mouse: sign in, send a file, read what was refused."""

from pathlib import Path

import pytest
from playwright.sync_api import FileChooser, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.shops import Gallery
from tests.flows.client import PASSWORD, open_shop

pytestmark = [pytest.mark.slow]
MOST_TABS = 40
# What has the focus: its id or its words, and whether an outline shows it.
FOCUSED = """() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const { top, bottom, width } = element.getBoundingClientRect();
  const isSeen = outlineStyle !== "none" && outlineWidth !== "0px";
  const isOnScreen = width > 0 && bottom > 0 && top < innerHeight;
  const name = element.id || element.textContent.trim();
  return [name, element.tagName, isSeen && isOnScreen];
}"""


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until ``wanted`` has the focus; every stop on the way must be seen."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        name, tag, is_seen = page.evaluate(FOCUSED)
        if tag == "BODY":
            continue
        assert is_seen, f"the focus cannot be seen on {name!r}"
        if name == wanted:
            return
    pytest.fail(f"{wanted} cannot be reached with the keyboard")


def test_from_the_door_to_the_refused_rows_with_keys_only(
    open_page: OpenPage, gallery: Gallery, tmp_path: Path
) -> None:
    shop = open_shop(gallery.shop.base_url, gallery.shop.database_url)
    sales = tmp_path / "teclado.csv"
    sales.write_text(
        "fecha;boleta;sku;cantidad;total\n01-03-2026;B-1;A;1;1990\nayer;B-2;A;1;5\n"
        + "".join(f"02-03-2026;C-{n};A;1;1990\n" for n in range(200)),
        encoding="utf-8",
    )
    page = open_page()
    page.goto("/login/")

    tab_to(page, "id_email")
    page.keyboard.type(shop.email)
    tab_to(page, "id_password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/uploads/")
    with page.expect_file_chooser() as opening:
        tab_to(page, "drop-choose")
        page.keyboard.press("Enter")
    chooser: FileChooser = opening.value
    chooser.set_files(sales)
    page.wait_for_url("/uploads/*-*/")

    expect(page.locator("#status")).to_have_text("Completada", timeout=60_000)
    # What watches the upload goes away a moment later, perhaps under the focus.
    expect(page.locator("#live-pause")).to_be_hidden()
    tab_to(page, "rejects-csv")
    with page.expect_download() as downloading:
        page.keyboard.press("Enter")
    assert "ayer" in downloading.value.path().read_text(encoding="utf-8-sig")


def test_a_swap_keeps_the_focus_where_it_was(
    open_page: OpenPage, gallery: Gallery
) -> None:
    page = open_page(gallery.shop)
    page.goto(gallery.path("completed"))
    page.locator("#period-daily").focus()

    page.evaluate(
        """() => htmx.ajax("GET", location.href,
          { target: "#upload", select: "#upload", swap: "outerHTML" })"""
    )

    expect(page.locator("#period-daily")).to_be_focused()


def test_a_dialog_closes_with_escape_and_gives_the_focus_back(
    open_page: OpenPage, gallery: Gallery
) -> None:
    page = open_page(gallery.shop)
    page.goto(gallery.path("running"))
    tab_to(page, "cancel")

    page.keyboard.press("Enter")
    expect(page.locator("#cancel-dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#cancel-dialog")).to_be_hidden()
    expect(page.locator("#cancel")).to_be_focused()


def test_the_menu_closes_with_escape_and_gives_the_focus_back(
    open_page: OpenPage, gallery: Gallery
) -> None:
    page = open_page(gallery.shop)
    summary = page.locator("#settings-menu > summary")
    summary.focus()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(page.locator("#settings-menu .menu-body")).to_be_hidden()
    expect(summary).to_be_focused()
