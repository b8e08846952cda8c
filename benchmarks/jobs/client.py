"""The client of every contender, in a process of its own: it enqueues, and waits.

    python -m benchmarks.jobs.client MODULE burst|idle COUNT

prints what it saw as JSON: of a burst when it began and when the last job started, of
idle workers how long each job waited, in milliseconds.
"""

import importlib
import json
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from benchmarks.jobs import tally

# The first jobs pay for connections and caches.
WARM_UPS = 20
# As many as a small web server has; whoever waits for a disk lets others go on.
THREADS = 4
# Between two jobs for idle workers: what follows the last one has ended by then.
PAUSE_SECONDS = 0.02

Send = Callable[[], None]


def main(module: str, kind: str, count: str) -> None:
    send: Send = importlib.import_module(module).send
    tally.client().delete(tally.KEY)
    _one_by_one(send, WARM_UPS)
    if kind == "idle":
        seen: object = _one_by_one(send, int(count))
    else:
        seen = _at_once(send, int(count))
    sys.stdout.write(json.dumps(seen))


def _one_by_one(send: Send, count: int) -> list[float]:
    waits, pause = [], threading.Event()
    for _ in range(count):
        pause.wait(PAUSE_SECONDS)
        asked_at = time.time()
        send()
        waits.append((tally.next_start() - asked_at) * 1000)
    return waits


def _at_once(send: Send, count: int) -> dict[str, float]:
    began_at = time.time()
    with ThreadPoolExecutor(THREADS) as pool:
        for sending in [pool.submit(send) for _ in range(count)]:
            sending.result()
    sent_at = time.time()
    ended_at = max(tally.next_start() for _ in range(count))
    return {"began_at": began_at, "sent_at": sent_at, "ended_at": ended_at}


if __name__ == "__main__":
    main(*sys.argv[1:])
