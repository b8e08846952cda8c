"""C6: the web process killed before its message is out, and while a file arrives."""

import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from ayni.localstack.programs import WEB
from ayni.localstack.readiness import READY_SECONDS, web_answers
from ayni.localstack.waiting import wait_until
from jobs.enqueue import enqueue_step
from jobs.steps import Step
from tests.chaos.campaign import Case
from tests.chaos.ground import Ground
from tests.chaos.library import Sales
from tests.chaos.signals import await_death, kill
from tests.chaos.verdicts import Round

# reliability.md, C6; the lease is counted in elsewhere and has no part in it.
SENT_BY_SWEEP_SECONDS = 30.0
NEWEST = """
    SELECT max(id::text) FROM uploads_upload WHERE company_id = %s AND sha256 = %s
"""
BOUNDARY = "chaos-boundary"
# Long enough that half of it fills no buffer on the way.
LONG_ROWS = 80_000
# Longer than anything may lie in storage that no upload knows of.
TWO_DAYS_SECONDS = 2 * 86_400
CLEANED_SECONDS = 30.0


def kill_before_sending(ground: Ground) -> Round:
    """Kill the web process between the commit and the message; ask it again."""
    sales = ground.next_file()
    key = f"chaos-{sales.path.name}"
    with ThreadPoolExecutor(1) as pool, ground.holding_anybody("before_send") as hold:
        asked = pool.submit(_post_or_fail, ground, sales, key)
        struck = hold.await_process() is not None
        upload_id = _upload_of(ground, sales)
        since = ground.now()
        struck = _kill_web(ground) and struck
        answer = asked.result()
    if upload_id is None:
        wrong = "I6 a message was about to be sent for what is not committed"
        return Round(struck=struck, broken=(wrong,))
    sent = ground.sent(upload_id, sales)
    again = ground.shop.post_file(sales.path, key=key)
    ground.await_end([sent])
    return Round(
        struck=struck and answer is None,
        sent=(sent,),
        recovery_seconds=ground.restarted_after(sent, since),
        broken=tuple(_unlike(again, upload_id)),
    )


def kill_mid_body(ground: Ground) -> Round:
    """Kill the web process when half of a file is there; then send all of it."""
    sales = ground.next_file(rows=LONG_ROWS)
    before = _stored(ground)
    with socket.create_connection(_address(ground)) as client:
        client.sendall(_half_a_request(ground, sales))
        struck = _kill_web(ground)
    return _after_arrival(ground, sales, struck=struck, before=before)


def kill_on_arrival(ground: Ground) -> Round:
    """Kill the web process while it writes the file to storage; then send it again."""
    sales = ground.next_file(rows=LONG_ROWS)
    before = _stored(ground)
    with ThreadPoolExecutor(1) as pool, ground.holding_anybody("mid_arrival") as hold:
        asked = pool.submit(_post_or_fail, ground, sales, "")
        struck = hold.await_process() is not None and _stored(ground) != before
        struck = _kill_web(ground) and struck
        struck = asked.result() is None and struck
    _clean_up(ground, _stored(ground) - before)
    return _after_arrival(ground, sales, struck=struck, before=before)


def _after_arrival(
    ground: Ground, sales: Sales, *, struck: bool, before: frozenset[Path]
) -> Round:
    wrong = []
    if (upload_id := _upload_of(ground, sales)) is not None:
        wrong.append(f"{upload_id} is the upload of a file that never arrived")
    if left := _stored(ground) - before:
        wrong.append(f"I11 {len(left)} pieces of a file that never arrived are left")
    answer = ground.shop.post_file(sales.path, key="")
    sent = ground.sent(answer.json()["id"], sales)
    ground.await_end([sent])
    return Round(struck=struck, sent=(sent,), broken=tuple(wrong))


def _post_or_fail(ground: Ground, sales: Sales, key: str) -> httpx.Response | None:
    try:
        return ground.shop.post_file(sales.path, key=key)
    except httpx.TransportError:
        return None


def _kill_web(ground: Ground) -> bool:
    """Kill the web process and return, when it answers again, whether it was there."""
    pid = ground.stage.stack.pids.get(WEB)
    struck = kill(pid) and pid is not None and await_death([pid])
    port = _address(ground)[1]
    return wait_until(lambda: web_answers(port), seconds=READY_SECONDS) and struck


def _address(ground: Ground) -> tuple[str, int]:
    parts = urlsplit(ground.stage.stack.base_url)
    assert parts.hostname is not None
    assert parts.port is not None
    return parts.hostname, parts.port


def _upload_of(ground: Ground, sales: Sales) -> str | None:
    found: str | None = ground.one(NEWEST, ground.shop.company_id, sales.sha256)
    return found


def _unlike(again: httpx.Response, upload_id: str) -> Iterator[str]:
    if again.status_code != 201 or again.json()["id"] != upload_id:
        yield f"I7 the same key again was answered {again.status_code}"


def _half_a_request(ground: Ground, sales: Sales) -> bytes:
    part = (
        f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=file;"
        f' filename="{sales.path.name}"\r\nContent-Type: text/csv\r\n\r\n'
    ).encode()
    body = part + sales.path.read_bytes() + f"\r\n--{BOUNDARY}--\r\n".encode()
    head = (
        f"POST /api/v1/companies/{ground.shop.company_id}/uploads/ HTTP/1.1\r\n"
        f"Host: 127.0.0.1\r\nAuthorization: Bearer {ground.shop.token}\r\n"
        f"Content-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    return head + body[: len(body) // 2]


def _stored(ground: Ground) -> frozenset[Path]:
    folder = ground.stage.stack.folder / "uploads"
    return frozenset(path for path in folder.rglob("*") if path.is_file())


def _clean_up(ground: Ground, left: frozenset[Path]) -> None:
    """Let two days pass for these files, and the nightly clean-up come by."""
    for path in left:
        moment = path.stat().st_mtime - TWO_DAYS_SECONDS
        os.utime(path, (moment, moment))
    job_id = enqueue_step(Step(actor="cleanup_old_uploads"))
    wait_until(lambda: ground.is_done(job_id), seconds=CLEANED_SECONDS)


CASES = (
    Case(
        code="C6",
        name="C6 web killed before its message is sent",
        strike=kill_before_sending,
        rounds=5,
        gate_rounds=1,
        recovers_within=SENT_BY_SWEEP_SECONDS,
    ),
    Case(
        code="C6",
        name="C6 web killed mid body",
        strike=kill_mid_body,
        rounds=5,
        gate_rounds=1,
    ),
    Case(
        code="C6",
        name="C6 web killed mid arrival",
        strike=kill_on_arrival,
        rounds=5,
        gate_rounds=1,
    ),
)
