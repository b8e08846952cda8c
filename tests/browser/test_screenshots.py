"""Pictures of the pages, for a person to look at and for the README."""

import shutil
from pathlib import Path

import pytest

from ayni.localstack.stack import Stack
from tests.browser.conftest import OpenPage
from tests.browser.operators import (
    a_job_for_tomorrow,
    a_job_that_failed,
    open_operator,
)
from tests.browser.shops import Gallery
from tests.browser.test_accessibility import dressed, see_review

pytestmark = [pytest.mark.slow]
ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "screenshots"
# Made anew when it is missing: a test run must not change what is committed.
README_PICTURE = ROOT / "docs" / "screenshot.png"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_every_kind_of_page_is_pictured(
    open_page: OpenPage, gallery: Gallery, scheme: str, width: int
) -> None:
    page = open_page(
        gallery.shop,
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
    )

    for kind in ("completed", "remarked", "failed", "running"):
        page.goto(gallery.path(kind))
        path = FOLDER / f"{kind}-{scheme}-{width}.png"
        page.screenshot(path=path, full_page=True)
        assert path.stat().st_size > 0
    page.goto(f"/uploads/?corrects={gallery.completed}")
    page.locator("#drop-more").click()
    page.screenshot(path=FOLDER / f"correcting-{scheme}-{width}.png", full_page=True)
    see_review(page, gallery)
    page.screenshot(path=FOLDER / f"review-{scheme}-{width}.png", full_page=True)


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_operators_pages_are_pictured(
    open_page: OpenPage, stack: Stack, tmp_path: Path, scheme: str, width: int
) -> None:
    operator = open_operator(base_url=stack.base_url, database_url=stack.database_url)
    failed_job = a_job_that_failed(operator, tmp_path)
    page = open_page(operator, **dressed(scheme, width))
    a_job_for_tomorrow(operator)
    places = {
        "board": "/ops/",
        "jobs": "/ops/jobs/",
        "job": f"/ops/jobs/{failed_job}/",
        "failures": "/ops/failures/",
        "audit": "/ops/audit/",
    }

    for name, address in places.items():
        page.goto(address)
        if name == "jobs":
            page.locator("#tick-all").click()
        path = FOLDER / f"ops-{name}-{scheme}-{width}.png"
        page.screenshot(path=path, full_page=True)
        assert path.stat().st_size > 0


def test_the_readme_has_its_picture(open_page: OpenPage, gallery: Gallery) -> None:
    page = open_page(gallery.shop, viewport={"width": 1200, "height": 900})
    page.goto(gallery.path("completed"))
    picture = FOLDER / "readme.png"

    page.screenshot(path=picture)
    if not README_PICTURE.exists():
        shutil.copy(picture, README_PICTURE)

    assert README_PICTURE.stat().st_size > 0
