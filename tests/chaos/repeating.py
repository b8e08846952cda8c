"""C14: the same thing many times at once, and a cancel at every point."""

import functools
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx

from jobs.pause import pause, resume
from tests.chaos.campaign import Case
from tests.chaos.ground import Ground
from tests.chaos.invariants import Sent
from tests.chaos.verdicts import Round

AT_ONCE = 50
# As little work as can be done: it is the asking that is tried.
FEW_ROWS = 200
# Points before which a cancel is heard, and points after.
HEARD_AT = ("after_claim", "mid_parse", "mid_copy", "before_fence")
TOO_LATE_AT = ("before_commit", "after_commit", "before_ack")
# A cancel that has to wait for a row waits for us; others are answered by now.
ANSWER_SECONDS = 0.5
# Deliveries that were lost and came again.
DELIVERIES = 3
QUEUE = "processing"
STATUS = "SELECT status FROM uploads_upload WHERE id = %s"


def send_at_once(ground: Ground, *, key: str) -> Round:
    """Send one file from many clients at the same moment: it becomes one upload."""
    sales = ground.next_file(rows=FEW_ROWS)
    start = threading.Barrier(AT_ONCE)

    def send(_number: int) -> httpx.Response:
        start.wait()
        return ground.shop.post_file(sales.path, key=key and f"{key}-{sales.path.name}")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(send, range(AT_ONCE)))
    made = {answer.json()["id"] for answer in answers if answer.status_code == 201}
    sent = tuple(ground.sent(upload_id, sales) for upload_id in sorted(made))
    ground.await_end(sent)
    return Round(struck=True, sent=sent, broken=tuple(_unlike_one(answers, key=key)))


def _unlike_one(answers: list[httpx.Response], *, key: str) -> Iterator[str]:
    codes = Counter(answer.status_code for answer in answers)
    wanted = {201: AT_ONCE} if key else {201: 1, 409: AT_ONCE - 1}
    if codes != wanted:
        yield f"I7 {AT_ONCE} at once were answered {dict(codes)}"
    ids = {
        body.get("id") or body["details"]["upload_id"]
        for body in (answer.json() for answer in answers)
    }
    if len(ids) != 1:
        yield f"I7 {AT_ONCE} at once were told of {len(ids)} uploads"


def cancel_at(ground: Ground, *, point: str) -> Round:
    """Cancel while the work stands at the point, then let it go on."""
    with ThreadPoolExecutor(1) as pool, ground.holding(point) as hold:
        sent = ground.send()
        struck = hold.await_process() is not None
        early = () if point in TOO_LATE_AT else ground.rows_too_early()
        asked = pool.submit(ground.shop.post, f"/uploads/{sent.upload_id}/cancel/")
        threading.Event().wait(ANSWER_SECONDS)
        hold.let_go()
        code = asked.result().status_code
    ground.await_end([sent])
    wanted = "completed" if point in TOO_LATE_AT else "cancelled"
    return Round(
        struck=struck,
        sent=(sent,),
        broken=(*early, *_cancelled_wrongly(ground, sent, wanted=wanted, code=code)),
    )


def cancel_waiting(ground: Ground) -> Round:
    """Cancel before anybody has claimed the job: it never starts."""
    sales = ground.next_file()
    pause(QUEUE)
    try:
        sent = ground.send_file(sales)
        code = ground.shop.post(f"/uploads/{sent.upload_id}/cancel/").status_code
    finally:
        resume(QUEUE)
    ground.await_end([sent])
    started = [f"{sent.upload_id} was started"] if ground.attempts(sent) else []
    wrong = _cancelled_wrongly(ground, sent, wanted="cancelled", code=code)
    return Round(struck=True, sent=(sent,), broken=(*started, *wrong))


def _cancelled_wrongly(
    ground: Ground, sent: Sent, *, wanted: str, code: int
) -> Iterator[str]:
    status = ground.one(STATUS, sent.upload_id)
    if status != wanted:
        yield f"{sent.upload_id} is {status} after a cancel, not {wanted}"
    if code not in {200, 202, 409}:
        yield f"a cancel was answered {code}"
    if code == 200 and status != "cancelled":
        yield f"a cancel was answered 200, and {sent.upload_id} is {status}"


def deliver_again(ground: Ground) -> Round:
    """Deliver the job's message again while it is worked on, and once it is done."""
    with ground.holding("mid_copy") as hold:
        sent = ground.send()
        struck = hold.await_process() is not None
        _deliver(ground, sent)
    ground.await_end([sent])
    _deliver(ground, sent)
    after = ground.send()
    ground.await_end([after])
    again = [f"{sent.upload_id} was tried again"] if ground.attempts(sent) > 1 else []
    return Round(struck=struck, sent=(sent, after), broken=tuple(again))


def _deliver(ground: Ground, sent: Sent) -> None:
    for _ in range(DELIVERIES):
        ground.stage.stack.deliver_again("process_upload", ground.job_of(sent))


CASES = (
    *(
        Case(
            code="C14",
            name=f"C14 {AT_ONCE} times at once {'with a' if key else 'without'} key",
            strike=functools.partial(send_at_once, key=key),
            rounds=5,
            gate_rounds=1,
        )
        for key in ("same", "")
    ),
    Case(
        code="C14",
        name="C14 cancelled while waiting",
        strike=cancel_waiting,
        rounds=5,
        gate_rounds=1,
        may_end=frozenset({"cancelled"}),
    ),
    *(
        Case(
            code="C14",
            name=f"C14 cancelled {point.replace('_', ' ')}",
            strike=functools.partial(cancel_at, point=point),
            rounds=5,
            gate_rounds=1,
            may_end=frozenset({"completed", "cancelled"}),
        )
        for point in (*HEARD_AT, *TOO_LATE_AT)
    ),
    Case(
        code="C14",
        name="C14 delivered again",
        strike=deliver_again,
        rounds=5,
        gate_rounds=1,
    ),
)
