"""Refused rows, downloaded, repaired and sent back by hand."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.shops import Gallery
from tests.browser.test_uploading import choose
from tests.flows.client import TERMINAL, open_shop

pytestmark = [pytest.mark.slow]
LINES = (
    "fecha;boleta;sku;cantidad;total",
    "01-03-2026;B-1;A;1;1990",
    "ayer;B-1;A;2;3980",
)


def test_a_refused_row_is_downloaded_repaired_and_sent_back(
    open_page: OpenPage, gallery: Gallery, tmp_path: Path
) -> None:
    shop = open_shop(gallery.shop.base_url, gallery.shop.database_url)
    path = tmp_path / "marzo.csv"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    original = shop.upload(path, quality_threshold=0)["id"]
    shop.reach(original, TERMINAL)
    page = open_page(shop)
    page.goto(f"/uploads/{original}/")

    with page.expect_download() as downloading:
        page.locator("#rejects-csv").click()
    text = downloading.value.path().read_text(encoding="utf-8-sig")
    page.locator("#send-back").click()
    expect(page.locator("#drop-corrects")).to_contain_text("marzo.csv")
    choose(page, "marzo-reparado.csv", text.replace("ayer", "02-03-2026").encode())

    expect(page.locator("#status")).to_have_text("Completada", timeout=60_000)
    page.locator("#corrects").click()
    page.wait_for_url(f"**/uploads/{original}/")
    expect(page.locator("#corrected-title")).to_contain_text("1 fila rechazada")
    expect(page.locator("#send-back")).to_have_count(0)
    assert list(csv.reader(io.StringIO(text), delimiter=";"))[1][5] == "3"
    assert shop.landed()[:2] == (2, 3)
