"""The operators' pages in every dress, against axe, narrow screens and heavy files."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from ayni.localstack.stack import Stack
from tests.browser.conftest import OpenPage
from tests.browser.operators import (
    a_job_for_tomorrow,
    a_job_that_failed,
    a_job_that_speaks,
    open_operator,
)
from tests.browser.test_accessibility import DRESSES, dressed, findings, overflow
from tests.browser.watching import Watch
from tests.flows.client import Shop

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def operator(stack: Stack) -> Shop:
    return open_operator(base_url=stack.base_url, database_url=stack.database_url)


@pytest.fixture(scope="module")
def failed_job(operator: Shop, tmp_path_factory: pytest.TempPathFactory) -> str:
    return a_job_that_failed(operator, tmp_path_factory.mktemp("ops"))


@pytest.mark.parametrize(("scheme", "width"), DRESSES)
def test_axe_finds_nothing_and_nothing_is_too_wide(
    open_page: OpenPage, operator: Shop, failed_job: str, scheme: str, width: int
) -> None:
    page = open_page(operator, **dressed(scheme, width))
    waiting, speaking = a_job_for_tomorrow(operator), a_job_that_speaks(operator)
    places = {
        "board": "/ops/",
        "list": "/ops/jobs/",
        "nothing": "/ops/jobs/?queue=nowhere",
        "failed": f"/ops/jobs/{failed_job}/",
        "failures": "/ops/failures/",
        "audit": "/ops/audit/",
        "no such action": "/ops/audit/?who=nobody",
        "speaking": f"/ops/jobs/{speaking}/",
        "waiting": f"/ops/jobs/{waiting}/",
    }

    found: dict[str, object] = {}
    for name, path in places.items():
        page.goto(path)
        found[name] = findings(page)
        found[f"{name}, width"] = max(0, overflow(page))
    page.locator("#cancel-open").click()
    found["dialog"] = findings(page)
    page.goto("/ops/failures/")
    page.locator("[id^=discard-]").first.click()
    found["discarding"] = findings(page)
    page.goto("/ops/jobs/")
    page.locator("#tick-all").click()
    found["ticked"] = findings(page)
    found["ticked, width"] = max(0, overflow(page))

    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_nothing_in_an_outage(
    open_page: OpenPage, operator: Shop, watch: Watch, scheme: str, width: int
) -> None:
    page = open_page(operator, **dressed(scheme, width))
    page.goto("/ops/")
    watch.expected.add("/ops/")
    page.route("**/ops/", lambda route: route.fulfill(status=503, body=""))
    expect(page.locator("#trouble-text")).to_be_visible()

    assert findings(page) == []


def test_scripts_and_styles_are_small_and_no_template_styles_inline() -> None:
    folder = Path(__file__).resolve().parents[2] / "ops"

    assert sum(path.stat().st_size for path in folder.rglob("*.js")) < 8_192
    assert sum(path.stat().st_size for path in folder.rglob("*.css")) < 8_192
    assert not [p for p in folder.rglob("*.html") if "style=" in p.read_text("utf-8")]
