"""Every page, in every dress, against axe and against narrow screens."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.shops import Gallery
from tests.browser.watching import Watch

pytestmark = [pytest.mark.slow]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
DRESSES = [
    pytest.param(scheme, width, id=f"{scheme}-{width}")
    for scheme in ("light", "dark")
    for width in (1280, 360)
]
NOWHERE = "/uploads/018f0000-0000-7000-8000-000000000000/"
Visit = Callable[[Page], object]


def pages_of(gallery: Gallery) -> dict[str, Visit]:
    """Return how to reach every page of somebody who is signed in."""
    return {
        "list": lambda page: page.goto("/uploads/"),
        "no match": lambda page: page.goto("/uploads/?status=cancelled"),
        "completed": lambda page: page.goto(gallery.path("completed")),
        "remarked": lambda page: page.goto(gallery.path("remarked")),
        "failed": lambda page: page.goto(gallery.path("failed")),
        "running": lambda page: page.goto(gallery.path("running")),
        "asking": lambda page: page.goto(gallery.path("asking")),
        "review": lambda page: see_review(page, gallery),
        "unclear": lambda page: choose(page, "#delimiter", "|"),
        "correcting": lambda page: page.goto(f"/uploads/?corrects={gallery.completed}"),
        "several sheets": lambda page: page.locator("#drop-more").click(),
        "review again": lambda page: see_review(page, gallery),
        "giving up": lambda page: page.locator("#give-up").click(),
        "to cancel": lambda page: page.goto(gallery.path("running")),
        "dialog": lambda page: page.locator("#cancel").click(),
        "company": lambda page: page.goto("/companies/new/"),
        "menu": lambda page: page.locator("#settings-menu > summary").click(),
        "nowhere": lambda page: page.goto(NOWHERE),
    }


def see_review(page: Page, gallery: Gallery) -> None:
    page.goto(gallery.review())
    expect(page.locator("#columns-title")).to_be_visible()


def choose(page: Page, control: str, value: str) -> None:
    """Choose something on the page of a review and wait for what it comes to."""
    page.locator(control).select_option(value)
    expect(page.locator(f"{control} option[selected]")).to_have_attribute(
        "value", value
    )
    expect(page.locator("#review[data-state=looking]")).to_have_count(0)


def findings(page: Page) -> list[Any]:
    return [
        (found["id"], [node["html"][:120] for node in found["nodes"]])
        for found in Axe().run(page, options=OPTIONS).response["violations"]
    ]


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def dressed(scheme: str, width: int) -> dict[str, Any]:
    return {"color_scheme": scheme, "viewport": {"width": width, "height": 800}}


@pytest.mark.parametrize(("scheme", "width"), DRESSES)
def test_axe_finds_nothing_on_any_page_inside(
    open_page: OpenPage, gallery: Gallery, watch: Watch, scheme: str, width: int
) -> None:
    watch.expected.add(NOWHERE)
    page = open_page(gallery.shop, **dressed(scheme, width))

    found = {}
    for name, visit in pages_of(gallery).items():
        visit(page)
        found[name] = findings(page)

    assert {name: list_ for name, list_ in found.items() if list_} == {}


@pytest.mark.parametrize(("scheme", "width"), DRESSES)
def test_axe_finds_nothing_at_the_doors_and_in_an_empty_shop(
    open_page: OpenPage, gallery: Gallery, scheme: str, width: int
) -> None:
    page = open_page(**dressed(scheme, width))

    found = []
    for path in ("/login/", "/register/"):
        page.goto(path)
        found += findings(page)
        page.locator("main button[type=submit]").click()
        expect(page.locator("#errors")).to_be_focused()
        found += findings(page)
    empty = open_page(gallery.empty, **dressed(scheme, width))
    expect(empty.locator(".empty")).to_be_visible()
    found += findings(empty)

    assert found == []


def test_axe_would_find_something(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/login/")

    page.locator("label").evaluate_all("(labels) => labels.map((one) => one.remove())")

    assert "label" in {name for name, _ in findings(page)}


@pytest.mark.parametrize("width", [360, 320])
def test_nothing_is_wider_than_a_narrow_screen(
    open_page: OpenPage, gallery: Gallery, watch: Watch, width: int
) -> None:
    watch.expected.add(NOWHERE)
    page = open_page(gallery.shop, **dressed("light", width))

    wide = {}
    for name, visit in pages_of(gallery).items():
        visit(page)
        wide[name] = overflow(page)
    for path in ("/login/", "/register/"):
        stranger = open_page(**dressed("light", width))
        stranger.goto(path)
        wide[path] = overflow(stranger)

    assert {name: pixels for name, pixels in wide.items() if pixels > 0} == {}


def test_text_twice_as_large_still_fits(open_page: OpenPage, gallery: Gallery) -> None:
    page = open_page(gallery.shop, **dressed("light", 1280))

    wide = []
    for path in (gallery.path("completed"), gallery.path("failed"), gallery.review()):
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide.append(overflow(page))

    assert max(wide) <= 0


def test_states_can_be_told_apart_in_forced_colours_and_nothing_moves_if_asked_not_to(
    open_page: OpenPage, gallery: Gallery
) -> None:
    page = open_page(gallery.shop, forced_colors="active", reduced_motion="reduce")
    page.goto(gallery.path("running"))

    border = page.locator("#status").evaluate(
        "(e) => getComputedStyle(e).borderTopWidth"
    )
    moving = page.evaluate("document.getAnimations().length")

    assert (border, moving) == ("1px", 0)
