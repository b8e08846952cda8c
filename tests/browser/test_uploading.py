"""Sending a file from a browser and watching what becomes of it."""

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.shops import Gallery
from tests.browser.watching import Watch
from tests.flows.client import open_shop
from tests.flows.sales import write_sales

pytestmark = [pytest.mark.slow]
SENT = "/uploads/*-*/"
DROP = """(target, [name, content]) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type: "text/csv" }));
  for (const type of ["dragenter", "dragover", "drop"]) {
    const facts = { dataTransfer, bubbles: true, cancelable: true };
    target.dispatchEvent(new DragEvent(type, facts));
  }
}"""


def drop(page: Page, path: Path) -> None:
    """Drop a file somewhere on the page, as a hand does."""
    content = base64.b64encode(path.read_bytes()).decode()
    page.locator("h1").evaluate(DROP, [path.name, content])


def choose(page: Page, name: str, content: bytes) -> None:
    page.locator("#drop-file").set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": content}
    )


@pytest.fixture
def page(open_page: OpenPage, gallery: Gallery) -> Page:
    return open_page(gallery.shop)


def test_a_dropped_file_is_sent_watched_and_accounted_for(
    open_page: OpenPage, gallery: Gallery, tmp_path: Path
) -> None:
    shop = open_shop(gallery.shop.base_url, gallery.shop.database_url)
    sales = write_sales(tmp_path, rows=20_000, seed=11, dirty=0.02)
    page = open_page(shop)

    drop(page, sales.path)
    page.wait_for_url(SENT)

    expect(page.locator("#status")).to_have_text("Completada", timeout=60_000)
    expect(page.locator("#live")).to_be_hidden()
    refused = f"{len(sales.rejects):,}".replace(",", ".")
    expect(page.locator("dd[data-live=rows_rejected]")).to_have_text(refused)
    good = f"{sales.good_rows:,}".replace(",", ".")
    expect(page.locator("dd[data-live=rows_accepted]")).to_have_text(good)
    line, code = min(sales.rejects)
    row = page.locator("table.refusals tbody tr").first
    expect(row.locator("td").first).to_have_text(f"{line:,}".replace(",", "."))
    expect(row).to_contain_text(code)
    expect(page.locator("#announcer")).to_contain_text("Completada")


def test_the_same_content_again_names_the_first_and_may_be_sent_anyway(
    page: Page, watch: Watch, gallery: Gallery
) -> None:
    content = b"fecha;boleta;sku;cantidad;total\n01-02-2026;B-1;A;1;1990\n"
    choose(page, "uno.csv", content)
    page.wait_for_url(SENT)
    watch.expected.add(f"/api/v1/companies/{gallery.shop.company_id}/uploads/")

    page.goto("/uploads/")
    choose(page, "dos.csv", content)

    expect(page.locator("#sending-problem")).to_be_focused()
    expect(page.locator("#sending-problem-text")).to_contain_text("uno.csv")
    expect(page.locator("#sending-first")).to_have_attribute(
        "href", f"/uploads/{first_id(page)}/"
    )
    page.locator("#sending-again").click()
    page.wait_for_url(SENT)
    expect(page.locator("h1")).to_have_text("dos.csv")


def first_id(page: Page) -> str:
    row = page.locator("tr[data-upload]", has_text="uno.csv").first
    return row.get_attribute("data-upload") or ""


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("ventas.xls", b"PK", "no es un CSV"),
        ("vacio.csv", b"", "está vacío"),
    ],
)
def test_what_cannot_be_read_is_refused_before_it_is_sent(
    page: Page, name: str, content: bytes, said: str
) -> None:
    page.route("**/api/**", lambda _route: pytest.fail("something was sent"))

    choose(page, name, content)

    expect(page.locator("#sending-problem-text")).to_contain_text(said)


def test_a_file_larger_than_the_limit_is_refused_before_it_is_sent(page: Page) -> None:
    page.locator("#drop").evaluate("(zone) => { zone.dataset.limitBytes = '10'; }")

    choose(page, "grande.csv", b"x" * 11)

    expect(page.locator("#sending-problem-text")).to_contain_text("11\u00a0B")


def test_without_a_connection_nothing_is_lost_and_a_button_tries_again(
    page: Page,
) -> None:
    page.context.set_offline(True)
    choose(page, "luego.csv", b"fecha;boleta;sku;cantidad;total\n02-02-2026;B;A;1;5\n")
    expect(page.locator("#sending-problem-text")).to_contain_text("No hay conexión")

    page.context.set_offline(False)
    page.locator("#sending-retry").click()

    page.wait_for_url(SENT)


def test_a_dialog_names_the_upload_before_it_is_deleted(page: Page) -> None:
    choose(page, "adios.csv", b"fecha;boleta;sku;cantidad;total\n03-02-2026;B;A;1;5\n")
    page.wait_for_url(SENT)
    expect(page.locator("#status")).to_have_text("Completada", timeout=60_000)

    page.locator("#delete").click()
    expect(page.locator("#delete-dialog")).to_contain_text("adios.csv")
    page.locator("#delete-dialog button[type=submit]").click()

    page.wait_for_url("/uploads/")
    expect(page.locator(".notice").first).to_contain_text("adios.csv se eliminó")
