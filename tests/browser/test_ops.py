"""The operators' pages in a browser, on jobs that real workers do."""

import pytest
from playwright.sync_api import Page, expect

from ayni.localstack.stack import Stack
from tests.browser.conftest import OpenPage
from tests.browser.operators import (
    a_job_for_tomorrow,
    a_job_that_failed,
    attempts_of,
    change,
    open_operator,
    state_of,
)
from tests.browser.test_keyboard import tab_to
from tests.browser.watching import Watch
from tests.flows.client import Shop, open_shop, until

pytestmark = [pytest.mark.slow]


@pytest.fixture(scope="module")
def operator(stack: Stack) -> Shop:
    return open_operator(base_url=stack.base_url, database_url=stack.database_url)


@pytest.fixture(scope="module")
def failed_job(operator: Shop, tmp_path_factory: pytest.TempPathFactory) -> str:
    return a_job_that_failed(operator, tmp_path_factory.mktemp("ops"))


@pytest.fixture
def page(open_page: OpenPage, operator: Shop) -> Page:
    return open_page(operator)


def test_the_running_workers_and_what_they_did_are_shown(
    page: Page, failed_job: str
) -> None:
    page.goto("/ops/")

    expect(page.locator("#workers tbody tr", has_text="Vivo").first).to_be_visible()
    expect(page.locator("#start-command")).to_have_count(0)
    expect(page.locator("#queue-processing")).to_be_visible()
    expect(page.locator(f"[id='job-{failed_job}']")).to_contain_text("Fallido")


def test_the_page_follows_without_being_reloaded(page: Page, operator: Shop) -> None:
    page.goto("/ops/")
    page.evaluate("window.isSamePage = true")

    job_id = a_job_for_tomorrow(operator)

    expect(page.locator(f"[id='job-{job_id}']")).to_contain_text("Programado")
    assert page.evaluate("window.isSamePage")


def test_a_refresh_keeps_the_focus_where_it_was(page: Page, operator: Shop) -> None:
    page.goto("/ops/")
    page.locator("#all-jobs").focus()
    page.locator("#latest").evaluate("(part) => { part.dataset.isOld = ''; }")

    a_job_for_tomorrow(operator)

    expect(page.locator("#latest[data-is-old]")).to_have_count(0)
    expect(page.locator("#all-jobs")).to_be_focused()


def test_a_paused_page_asks_for_nothing_until_it_goes_on(
    page: Page, operator: Shop
) -> None:
    page.goto("/ops/")
    page.locator("#live-pause").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#live-text")).to_have_text("En pausa")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    job_id = a_job_for_tomorrow(operator)
    page.wait_for_timeout(4_000)

    assert asked == []
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='job-{job_id}']")).to_be_visible()


def test_a_list_does_not_move_but_says_what_is_new(page: Page, operator: Shop) -> None:
    first = a_job_for_tomorrow(operator)
    page.goto("/ops/jobs/?state=scheduled")
    rows = page.locator("#jobs tbody tr")
    expect(rows.first).to_have_id(f"job-{first}")

    newer = a_job_for_tomorrow(operator)

    expect(page.locator("#show-newer")).to_have_text("1 trabajo nuevo")
    expect(rows.first).to_have_id(f"job-{first}")
    page.locator("#show-newer").click()
    expect(rows.first).to_have_id(f"job-{newer}")
    expect(page).to_have_url(f"{operator.base_url}/ops/jobs/?state=scheduled")


def test_filters_go_into_the_address_and_hold_on_every_page(
    page: Page, operator: Shop
) -> None:
    a_job_for_tomorrow(operator, actor="count_stars")
    page.goto("/ops/jobs/")

    page.locator("#actor").fill("count_stars")
    page.keyboard.press("Enter")
    page.locator("#state-scheduled").click()

    expect(page).to_have_url(
        f"{operator.base_url}/ops/jobs/?state=scheduled&actor=count_stars"
    )
    for row in page.locator("#jobs tbody th").all():
        expect(row).to_contain_text("count_stars")


def test_a_failed_job_is_retried_with_keys_only(
    page: Page, operator: Shop, failed_job: str
) -> None:
    attempts = attempts_of(operator, failed_job)
    page.goto(f"/ops/jobs/{failed_job}/")
    expect(page.locator("#trace-1")).to_contain_text("Traceback")

    tab_to(page, "retry-open")
    page.keyboard.press("Enter")
    expect(page.locator("#retry-dialog")).to_contain_text(
        f"process_upload …{failed_job[-8:]}"
    )
    tab_to(page, "retry-confirm")
    page.keyboard.press("Enter")

    expect(page.locator(".notice").first).to_contain_text("de nuevo en la cola")
    until(
        lambda: (
            attempts_of(operator, failed_job) > attempts
            and state_of(operator, failed_job) == "failed"
        ),
        seconds=30,
        what="it ran again, and failed again",
    )
    expect(page.locator("#standing")).to_have_attribute("data-state", "failed")
    expect(page.locator("#attempts article")).to_have_count(attempts + 1)


def test_a_waiting_job_is_cancelled_with_keys_only(page: Page, operator: Shop) -> None:
    job_id = a_job_for_tomorrow(operator)
    page.goto(f"/ops/jobs/{job_id}/")

    tab_to(page, "cancel-open")
    page.keyboard.press("Enter")
    expect(page.locator("#cancel-dialog")).to_contain_text(f"…{job_id[-8:]}")
    tab_to(page, "cancel-confirm")
    page.keyboard.press("Enter")

    expect(page.locator("#standing")).to_contain_text("Cancelado")
    assert state_of(operator, job_id) == "cancelled"
    expect(page.locator("#live")).to_be_hidden()


def test_a_dialog_survives_a_refresh_and_gives_the_focus_back(
    page: Page, operator: Shop
) -> None:
    job_id = a_job_for_tomorrow(operator)
    page.goto(f"/ops/jobs/{job_id}/")
    tab_to(page, "cancel-open")
    page.keyboard.press("Enter")

    with page.expect_response("**/ops/jobs/**"):
        pass
    expect(page.locator("#cancel-dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("#cancel-open")).to_be_focused()
    assert state_of(operator, job_id) == "scheduled"


def test_a_change_of_state_is_announced_once(page: Page, operator: Shop) -> None:
    job_id = a_job_for_tomorrow(operator)
    page.goto(f"/ops/jobs/{job_id}/")

    change(
        operator,
        "update jobs_job set state = 'cancelled', finished_at = now() where id = %s",
        job_id,
    )

    expect(page.locator("#announcer")).to_have_text("El trabajo ahora está: Cancelado.")


def test_an_outage_greys_what_was_known_and_says_since_when(
    page: Page, watch: Watch
) -> None:
    page.goto("/ops/")
    before = page.locator("#figures").inner_text()
    watch.expected.add("/ops/")
    page.route("**/ops/", lambda route: route.fulfill(status=503, body=""))

    expect(page.locator("#trouble-text")).to_be_visible()
    assert page.locator("#figures").inner_text() == before
    assert page.locator("#trouble-at").inner_text().count(":") == 2
    grey = page.locator("#figures dd").first.evaluate(
        "(e) => getComputedStyle(e).color"
    )
    page.unroute("**/ops/")
    expect(page.locator("#trouble-text")).to_be_hidden()
    ink = page.locator("#figures dd").first.evaluate("(e) => getComputedStyle(e).color")
    assert grey != ink


def test_somebody_signed_out_meanwhile_is_told_and_asked_no_more(page: Page) -> None:
    page.goto("/ops/")

    page.context.clear_cookies()

    expect(page.locator("#live-text")).to_have_text("Sesión vencida")
    expect(page.locator("#figures")).to_be_visible()


def test_the_menu_leads_only_staff_here(
    open_page: OpenPage, operator: Shop, stack: Stack
) -> None:
    tenant = open_page(open_shop(stack.base_url, stack.database_url))
    staff = open_page(operator)

    expect(tenant.locator(".nav a[href='/ops/']")).to_have_count(0)
    expect(staff.locator(".nav a[href='/ops/']")).to_be_visible()
