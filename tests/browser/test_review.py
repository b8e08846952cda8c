"""Answering about a file that was not clear, as a shop owner does it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.shops import Gallery, write_unclear
from tests.browser.test_accessibility import choose
from tests.browser.test_keyboard import tab_to
from tests.flows.client import TERMINAL, Shop, open_shop

pytestmark = [pytest.mark.slow]
PRICE = "#field-4"


@pytest.fixture
def shop(gallery: Gallery) -> Shop:
    return open_shop(gallery.shop.base_url, gallery.shop.database_url)


def an_unclear_upload(shop: Shop, path: Path, receipts: str = "B") -> str:
    upload_id: str = shop.upload(write_unclear(path, receipts=receipts))["id"]
    assert shop.reach(upload_id, TERMINAL)["status"] == "needs_review"
    return upload_id


def see(page: Page, upload_id: str) -> None:
    page.goto(f"/uploads/{upload_id}/review/")
    expect(page.locator("#columns-title")).to_be_visible()


def test_with_keys_only_a_person_answers_and_is_not_asked_again(
    open_page: OpenPage, shop: Shop, tmp_path: Path
) -> None:
    upload_id = an_unclear_upload(shop, tmp_path / "uno.csv")
    page = open_page(shop)
    tab_to(page, f"review-{upload_id}")
    page.keyboard.press("Enter")
    expect(page.locator("#open")).to_contain_text("Todavía falta: Precio total")

    tab_to(page, "field-4")
    for _ in range(5):
        page.keyboard.press("ArrowDown")
    expect(page.locator("#open")).to_contain_text("No falta nada")
    expect(page.locator(PRICE)).to_be_focused()
    tab_to(page, "load")
    page.keyboard.press("Enter")

    expect(page.locator("#status")).to_have_text("Completada", timeout=60_000)
    assert shop.landed()[0] == 7
    again = write_unclear(tmp_path / "dos.csv", receipts="C")
    assert shop.reach(shop.upload(again)["id"], TERMINAL)["status"] == "completed"


def test_every_change_shows_what_it_means_before_anything_lands(
    open_page: OpenPage, shop: Shop, tmp_path: Path
) -> None:
    upload_id = an_unclear_upload(shop, tmp_path / "tres.csv")
    page = open_page(shop)
    see(page, upload_id)
    row = page.locator("tr", has=page.locator(PRICE))

    choose(page, PRICE, "price_total")
    expect(row.locator(".samples li").first).to_have_text("1.990 → 1.990")
    choose(page, "#mark-4", "point")
    expect(row.locator(".samples li").first).to_have_text("1.990 → 1,99")
    choose(page, PRICE, "quantity")
    expect(page.locator("#open")).to_contain_text("Elegido para más de una columna")
    choose(page, "#delimiter", ",")

    expect(page.locator("#announcer")).to_contain_text("Todavía")
    expect(page.locator("table.columns tbody tr")).to_have_count(1)
    choose(page, "#delimiter", ";")
    expect(page.locator(PRICE)).to_have_value("")
    assert shop.state(upload_id)["status"] == "needs_review"


def test_what_is_suggested_is_shown_with_its_reason_and_lands_once_confirmed(
    open_page: OpenPage, shop: Shop, tmp_path: Path
) -> None:
    path = write_unclear(tmp_path / "sugerida.csv", receipts="S", price="Total")
    text = path.read_text(encoding="utf-8").replace("Fecha", "Sent Date")
    path.write_text(text.replace("Ref.", "SKU"), encoding="utf-8")
    upload_id: str = shop.upload(path)["id"]
    assert shop.reach(upload_id, TERMINAL)["status"] == "needs_review"
    page = open_page(shop)

    see(page, upload_id)

    row = page.locator("tr", has=page.locator("#field-0"))
    expect(page.locator("#field-0")).to_have_value("occurred_at")
    expect(row).to_contain_text("una parte del encabezado lo sugiere")
    expect(page.locator("#open")).to_contain_text("una columna no es segura")
    page.locator("#load").click()
    expect(page.locator("#status")).to_have_text("Completada", timeout=60_000)
    assert shop.landed()[0] == 7


def test_with_keys_only_a_delimiter_is_written_and_an_encoding_found(
    open_page: OpenPage, shop: Shop, tmp_path: Path
) -> None:
    path = write_unclear(tmp_path / "nueve.csv", receipts="N")
    text = path.read_text(encoding="utf-8").replace(";", "§").replace("Ref.", "Otra")
    path.write_text(text, encoding="utf-8")
    upload_id: str = shop.upload(path)["id"]
    assert shop.reach(upload_id, TERMINAL)["status"] == "needs_review"
    page = open_page(shop)
    see(page, upload_id)

    tab_to(page, "delimiter")
    page.keyboard.type("Coma")
    expect(page.locator("table.columns tbody tr")).to_have_count(1)
    tab_to(page, "delimiter-other")
    page.keyboard.type("x")
    page.keyboard.press("Tab")
    expect(page.locator("#problem")).to_contain_text("Un separador es de uno a ocho")
    tab_to(page, "delimiter-other")
    page.keyboard.press("Backspace")
    page.keyboard.type("§")
    page.keyboard.press("Tab")
    expect(page.locator("table.columns tbody tr")).to_have_count(7)
    expect(page.locator("#delimiter")).to_have_value("§")
    tab_to(page, "encoding")
    page.keyboard.type("cp1250")

    expect(page.locator("#encoding option[selected]")).to_have_text("cp1250")
    assert shop.state(upload_id)["status"] == "needs_review"


def test_with_keys_only_a_column_far_to_the_right_is_named(
    open_page: OpenPage, shop: Shop, tmp_path: Path
) -> None:
    path, more = tmp_path / "ancho.csv", [f"Dato {n}" for n in range(130)]
    lines = [";".join(("Fecha", "Boleta", "Ref.", "Cant.", *more, "Cobro X"))]
    lines += [f"0{n}-01-2026;W-{n};A-{n};{n};{'x;' * 130}{n}.990" for n in range(1, 8)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    upload_id: str = shop.upload(path)["id"]
    assert shop.reach(upload_id, TERMINAL)["status"] == "needs_review"
    page = open_page(shop)
    see(page, upload_id)

    tab_to(page, "columns-100")
    page.keyboard.press("Enter")
    expect(page.locator("#columns-100")).to_have_attribute("aria-current", "page")
    expect(page.locator("#columns-100")).to_be_focused()
    choose(page, "#field-134", "price_total")
    expect(page.locator("#open")).to_contain_text("No falta nada")
    page.locator("#load").click()

    page.wait_for_url(f"**/uploads/{upload_id}/")
    assert shop.reach(upload_id, {"completed"})["rows_inserted"] == 7


def test_what_is_missing_is_said_where_one_looks_when_one_goes_on_without_it(
    open_page: OpenPage, shop: Shop, tmp_path: Path
) -> None:
    page = open_page(shop)
    see(page, an_unclear_upload(shop, tmp_path / "cuatro.csv"))

    page.locator("#load").click()

    expect(page.locator("#open[role=alert]")).to_be_focused()
    expect(page.locator("#open")).to_contain_text("Precio total")


def test_it_works_without_scripts(
    open_page: OpenPage, shop: Shop, tmp_path: Path
) -> None:
    upload_id = an_unclear_upload(shop, tmp_path / "cinco.csv")
    open_page(shop)
    page = open_page(shop, java_script_enabled=False)
    see(page, upload_id)

    page.locator(PRICE).select_option("price_total")
    page.locator("#show").click()
    expect(page.locator("#open")).to_contain_text("No falta nada")
    page.locator("#load").click()

    page.wait_for_url(f"**/uploads/{upload_id}/")
    assert shop.reach(upload_id, {"completed"})["rows_inserted"] == 7


def test_a_mapping_is_kept_under_a_name_and_a_taken_name_is_said(
    open_page: OpenPage, shop: Shop, tmp_path: Path
) -> None:
    first, second = (an_unclear_upload(shop, tmp_path / f"{n}.csv", n) for n in "67")
    page = open_page(shop)
    for upload_id in (first, second):
        see(page, upload_id)
        choose(page, PRICE, "price_total")
        page.locator("#keep-name").fill("Caja 2")
        page.locator("#load").click()
        page.wait_for_load_state()

    expect(page.locator("#problem")).to_be_focused()
    expect(page.locator("#problem")).to_contain_text("Otro mapeo tiene este nombre")
    (kept,) = shop.get("/mappings/")["results"]
    assert (kept["name"], kept["columns"]["Cobro X"]) == ("Caja 2", "price_total")
    assert shop.state(second)["status"] == "needs_review"


def test_an_upload_is_given_up_after_a_dialog(
    open_page: OpenPage, shop: Shop, tmp_path: Path
) -> None:
    upload_id = an_unclear_upload(shop, tmp_path / "ocho.csv")
    page = open_page(shop)
    see(page, upload_id)

    page.locator("#give-up").click()
    page.locator("#give-up-dialog button[type=submit]").click()

    page.wait_for_url(f"**/uploads/{upload_id}/")
    expect(page.locator("#status")).to_have_text("Cancelada")
