"""What a page does with what a socket says; the server's end is played by the test."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import OpenPage
from tests.browser.shops import RUNNING, Gallery, said

pytestmark = [pytest.mark.slow]
STATE = {**RUNNING, "type": "state", "sequence": 1}


@dataclass(kw_only=True)
class Server:
    """The server's end of a page's sockets; ``greets`` is what it says first."""

    greets: dict[str, Any] | None
    sockets: list[WebSocketRoute] = field(default_factory=list)

    def play(self, page: Page, pattern: str) -> None:
        page.route_web_socket(pattern, self._opened)

    def _opened(self, socket: WebSocketRoute) -> None:
        self.sockets.append(socket)
        if self.greets is not None:
            socket.send(said(self.greets))

    def say(self, **facts: Any) -> None:
        self.sockets[-1].send(said({**STATE, "type": "upload.progressed", **facts}))


@pytest.fixture
def server(gallery: Gallery) -> Server:
    return Server(greets={**STATE, "upload_id": gallery.running})


@pytest.fixture
def page(open_page: OpenPage, gallery: Gallery, server: Server) -> Page:
    opened = open_page(gallery.shop)
    server.play(opened, "**/ws/v1/uploads/**")
    opened.goto(gallery.path("running"))
    state(opened).to_have_text("En vivo")
    return opened


def state(page: Page) -> Any:
    return expect(page.locator("#live-text"))


def test_numbers_are_patched_as_they_come(
    page: Page, server: Server, gallery: Gallery
) -> None:
    server.say(upload_id=gallery.running, sequence=2, rows_read=500_123)

    expect(page.locator("dd[data-live=rows_read]")).to_have_text("500.123")


def test_older_news_than_what_is_shown_is_ignored(
    page: Page, server: Server, gallery: Gallery
) -> None:
    server.say(upload_id=gallery.running, sequence=9, rows_read=900_000)
    expect(page.locator("dd[data-live=rows_read]")).to_have_text("900.000")

    server.say(upload_id=gallery.running, sequence=8, rows_read=800_000)
    page.evaluate("() => new Promise(requestAnimationFrame)")
    page.evaluate("() => new Promise(requestAnimationFrame)")

    expect(page.locator("dd[data-live=rows_read]")).to_have_text("900.000")


def test_a_new_phase_fetches_what_the_server_shows(
    page: Page, server: Server, gallery: Gallery
) -> None:
    with page.expect_request(
        lambda request: (
            "hx-request" in request.headers
            and request.url.endswith(gallery.path("running"))
        )
    ):
        server.say(upload_id=gallery.running, sequence=2, phase="merging")


def test_a_quarter_is_announced_once_and_politely(
    page: Page, server: Server, gallery: Gallery
) -> None:
    server.say(upload_id=gallery.running, sequence=2, progress_percent=51)

    expect(page.locator("#announcer")).to_have_text("50 por ciento cargado.")
    assert page.locator("#announcer").get_attribute("aria-live") == "polite"


def test_a_lost_socket_comes_back_by_itself_and_reads_everything_again(
    page: Page, server: Server, gallery: Gallery
) -> None:
    with page.expect_request(lambda request: "hx-request" in request.headers):
        server.sockets[0].close(code=1012)
        state(page).to_have_text("Reconectando…")

    state(page).to_have_text("En vivo")
    assert len(server.sockets) == 2


def test_while_there_is_no_socket_the_page_says_that_it_asks_now_and_then(
    page: Page, server: Server
) -> None:
    server.greets = None
    page.route_web_socket("**/ws/**", lambda socket: socket.close(code=1012))

    server.sockets[0].close(code=1012)

    state(page).to_have_text("Sin conexión, actualizo cada 10 s")


def test_a_session_that_ended_is_said_and_not_tried_again(
    page: Page, server: Server
) -> None:
    server.sockets[0].close(code=4401)

    state(page).to_have_text("Sesión vencida")
    assert len(server.sockets) == 1


def test_a_pause_stops_what_moves_until_it_is_taken_back(
    page: Page, server: Server
) -> None:
    button = page.locator("#live-pause")

    button.click()
    state(page).to_have_text("En pausa")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()

    state(page).to_have_text("En vivo")
    assert len(server.sockets) == 2


def test_new_uploads_are_counted_and_do_not_move_the_list(
    open_page: OpenPage, gallery: Gallery
) -> None:
    page, server = open_page(gallery.shop), Server(greets={"type": "state"})
    server.play(page, "**/ws/v1/companies/**")
    page.goto("/uploads/")
    state(page).to_have_text("En vivo")
    rows = page.locator("tr[data-upload]").count()

    for upload_id in ("a", "b", "b"):
        server.say(type="upload.accepted", upload_id=upload_id)

    expect(page.locator("#fresh a")).to_have_text("2 cargas nuevas")
    assert page.locator("tr[data-upload]").count() == rows


def test_a_row_of_the_list_moves_with_its_upload(
    open_page: OpenPage, gallery: Gallery
) -> None:
    page, server = open_page(gallery.shop), Server(greets={"type": "state"})
    server.play(page, "**/ws/v1/companies/**")
    page.goto("/uploads/")
    state(page).to_have_text("En vivo")

    server.say(upload_id=gallery.running, sequence=99, rows_read=777_000)

    row = page.locator(f"#upload-{gallery.running}")
    expect(row.locator("[data-live=rows_read]")).to_have_text("777.000")
