"""Pages of a running stack, with somebody signed in and every complaint noted."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ayni.localstack.stack import Stack
from tests.browser.shops import Gallery, open_gallery
from tests.browser.watching import Watch
from tests.flows.client import PASSWORD, Shop

OpenPage = Callable[..., Page]

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
def gallery(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Gallery:
    return open_gallery(
        base_url=stack.base_url,
        database_url=stack.database_url,
        folder=tmp_path_factory.mktemp("gallery"),
    )


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """Return the cookies of those who signed in before: that takes a second."""
    return {}


@pytest.fixture
def watch(stack: Stack) -> Iterator[Watch]:
    watching = Watch(host=urlsplit(stack.base_url).netloc)
    yield watching
    assert watching.complaints == []


@pytest.fixture
def open_page(
    browser: Browser, stack: Stack, watch: Watch, sessions: dict[str, Any]
) -> Iterator[OpenPage]:
    """Return a maker of pages in contexts of their own; ``shop`` signs its owner in."""
    contexts: list[BrowserContext] = []

    def open_one(shop: Shop | None = None, **options: Any) -> Page:
        email = shop.email if shop else ""
        context = browser.new_context(
            base_url=stack.base_url,
            storage_state=sessions.get(email),
            **{"locale": "es-CL", **options},
        )
        contexts.append(context)
        watch.follow(context)
        page = context.new_page()
        if shop is not None and email not in sessions:
            sign_in(page, shop)
            sessions[email] = context.storage_state()
        elif shop is not None:
            page.goto("/uploads/")
        return page

    yield open_one
    for context in contexts:
        context.close()


def sign_in(page: Page, shop: Shop) -> None:
    """Sign the shop's owner in by a form post, which is what the page does too."""
    page.goto("/login/")
    page.locator("#id_email").fill(shop.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/uploads/")
