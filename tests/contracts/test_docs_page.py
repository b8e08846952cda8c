"""The page of the API in a real browser, under the policy of every other page."""

from playwright.sync_api import Browser

from ayni.localstack.stack import Stack
from tests.accounts.people import PASSWORD
from tests.flows.client import open_shop

DOCS = "/api/v1/docs/"


def test_the_page_shows_the_api_and_breaks_no_policy(
    browser: Browser, stack: Stack
) -> None:
    shop = open_shop(stack.base_url, stack.database_url)
    context = browser.new_context(base_url=stack.base_url)
    page = context.new_page()
    page.goto(f"/login/?next={DOCS}")
    page.locator("input[type=email]").fill(shop.email)
    page.locator("input[type=password]").fill(PASSWORD)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))

    page.locator("form:has(input[type=password]) [type=submit]").click()
    page.get_by_text("/api/v1/auth/token/").first.click()
    page.get_by_role("button", name="Try it out").click()
    context.close()

    assert said == []
    assert [url for url in asked if not url.startswith((stack.base_url, "data:"))] == []
