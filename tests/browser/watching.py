"""Everything a page complains about while it is used; any of it fails the test."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request


@dataclass(kw_only=True)
class Watch:
    """The complaints of the pages of one browser context.

    ``expected`` are the addresses whose failing to load is what a test is about.
    """

    host: str
    complaints: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)

    def follow(self, context: BrowserContext) -> None:
        context.on("page", self._follow_page)
        context.on("request", self._heard_request)

    def _follow_page(self, page: Page) -> None:
        page.on("console", self._heard_console)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))

    def _heard_console(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        if urlsplit(message.location.get("url", "")).path in self.expected:
            return
        self.complaints.append(f"{message.type}: {message.text}")

    def _heard_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.complaints.append(f"foreign host: {request.url}")
