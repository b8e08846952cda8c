"""What operators do to many jobs at once, with keys only, on jobs of real workers."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ayni.localstack.stack import Stack
from tests.browser.conftest import OpenPage
from tests.browser.operators import (
    a_job_for_tomorrow,
    a_job_that_failed,
    attempts_of,
    open_operator,
    state_of,
)
from tests.browser.test_keyboard import tab_to
from tests.flows.client import Shop, until

pytestmark = [pytest.mark.slow]


@pytest.fixture
def operator(stack: Stack) -> Shop:
    return open_operator(base_url=stack.base_url, database_url=stack.database_url)


@pytest.fixture
def page(open_page: OpenPage, operator: Shop) -> Page:
    return open_page(operator)


def the_button(page: Page, *, opens: str) -> str:
    """Return the id of the button of the kind of failure that was seen last."""
    found = page.locator(f"[data-opens='{opens}']").first.get_attribute("id")
    assert found
    return found


def test_ticked_jobs_are_cancelled_and_the_others_wait_on(
    page: Page, operator: Shop
) -> None:
    # A list of their own: other tests leave scheduled jobs behind.
    ticked = [a_job_for_tomorrow(operator, actor="wind_clocks") for _ in range(2)]
    page.goto("/ops/jobs/?state=scheduled&actor=wind_clocks")
    other = a_job_for_tomorrow(operator, actor="wind_clocks")

    for job_id in ticked:
        tab_to(page, f"tick-{job_id}")
        page.keyboard.press("Space")
    expect(page.locator("#chosen-count")).to_have_text("Marcados: 2")
    tab_to(page, "chosen-cancel")
    page.keyboard.press("Enter")
    expect(page.locator("#cancel-chosen-dialog")).to_contain_text("(2)")
    tab_to(page, "cancel-chosen-confirm")
    page.keyboard.press("Enter")

    expect(page.locator(".notice").first).to_be_visible()
    assert {state_of(operator, job_id) for job_id in ticked} == {"cancelled"}
    assert state_of(operator, other) == "scheduled"


def test_failures_that_are_alike_are_retried_together(
    page: Page, operator: Shop, tmp_path: Path
) -> None:
    job_id = a_job_that_failed(operator, tmp_path)
    attempts = attempts_of(operator, job_id)
    page.goto("/ops/failures/")

    tab_to(page, the_button(page, opens="retry-alike"))
    page.keyboard.press("Enter")
    expect(page.locator("#retry-alike")).to_contain_text("process_upload")
    tab_to(page, "retry-alike-confirm")
    page.keyboard.press("Enter")

    expect(page.locator(".notice").first).to_be_visible()
    until(
        lambda: (
            attempts_of(operator, job_id) > attempts
            and state_of(operator, job_id) == "failed"
        ),
        seconds=30,
        what="it ran again, and failed again",
    )


def test_failures_are_discarded_together_and_only_with_a_reason(
    page: Page, operator: Shop, tmp_path: Path
) -> None:
    job_id = a_job_that_failed(operator, tmp_path)
    page.goto("/ops/failures/")

    tab_to(page, the_button(page, opens="discard-alike"))
    page.keyboard.press("Enter")
    tab_to(page, "discard-alike-confirm")
    page.keyboard.press("Enter")
    expect(page.locator("#reason")).to_be_focused()
    page.keyboard.type("la planilla era un PDF")
    page.keyboard.press("Enter")

    expect(page.locator(".notice").first).to_be_visible()
    reason = operator.sql("select discard_reason from jobs_job where id = %s", job_id)
    assert reason[0] == "la planilla era un PDF"
