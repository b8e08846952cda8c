"""What every test gets: a running stack, a browser, and an order that suits both."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Playwright, sync_playwright

from ayni.localstack.ports import free_port
from ayni.localstack.programs import StackPlan
from ayni.localstack.stack import Stack
from tests import chromium
from tests.databases import fresh_databases
from tests.processing import conservation

# A killed worker's job is taken over after this; the 60 s of daily life would be most
# of a test run.
LEASE_SECONDS = "3"
# Fixtures that start processes for many tests, and the group their tests form.
GROUPS = {"stack": "stack", "browser": "stack", "crew": "crew"}


def pytest_configure() -> None:
    """Count the records of every file that is read, independently of the reader."""
    conservation.watch()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Keep what shares processes in one of ours, and start with it: it takes longest.

    All of it is slow. The marks come before pytest-xdist reads them, the order after
    the shuffle.
    """
    for item in items:
        wanted = set(getattr(item, "fixturenames", ()))
        for group in {GROUPS[name] for name in wanted & set(GROUPS)}:
            item.add_marker(pytest.mark.xdist_group(group))
            item.add_marker(pytest.mark.slow)
    yield
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Run the whole of Ayni on databases of its own."""
    databases = fresh_databases(purpose="stack")
    plan = StackPlan(
        folder=tmp_path_factory.mktemp("stack"),
        database_url=databases.database_url,
        redis_url=databases.redis_url,
        secret_key="stack-key-that-guards-nothing-0123456789-0123456789",
        port=free_port(),
        extra={"AYNI_JOBS_LEASE_SECONDS": LEASE_SECONDS},
    )
    with Stack(plan) as running:
        yield running


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return chromium.launch_arguments()


# Playwright keeps an event loop running in its thread for as long as it is open, which
# Django and pytest-asyncio refuse to work beside: so it lives for one module, where
# pytest-playwright has it live for the whole run.


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as opened:
        yield opened


@pytest.fixture(scope="module")
def browser_context_args() -> dict[str, Any]:
    return {"locale": "es-CL"}


@pytest.fixture(scope="module")
def browser_type(playwright: Playwright) -> BrowserType:
    return playwright.chromium


@pytest.fixture(scope="module")
def browser(
    browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    opened = browser_type.launch(**browser_type_launch_args)
    yield opened
    opened.close()
