"""The runs: ours, raw COPY and the old way by turns, and waiting times."""

import dataclasses
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from ayni.demo.client import Client
from ayni.demo.people import open_shop
from ayni.localstack.stack import Stack
from ayni.sales.files import Plan, write_sales
from benchmarks.correcting import measure_correction
from benchmarks.daily import measure_daily
from benchmarks.landing import land
from benchmarks.memory import PeakMemory
from benchmarks.peers import empty_table, export_clean, old_way, raw_copy
from benchmarks.report import Measured, Pair
from benchmarks.starts import start_latencies_ms

SEED = 7
# The old way takes minutes for a million rows; its speed does not depend on how many.
OLD_WAY_ROWS = 100_000
WARM_UP_ROWS, WARM_UPS = 20_000, 3

Say = Callable[[str], None]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How large the contest is."""

    rows: int
    pairs: int
    dirty: float


def measure(stack: Stack, course: Course, *, say: Say) -> Measured:
    """Run everything once, in turn and alone, and return the numbers."""
    sales = stack.folder / "sales.csv"
    write_sales(sales, Plan(rows=course.rows, seed=SEED, dirty=course.dirty))
    shop = open_shop(stack.folder)
    with Client(stack.base_url, company_id=shop.company_id, login=shop.owner) as client:
        _warm_up(client, stack.folder)
        starts = start_latencies_ms()
        say(f"{len(starts)} jobs started")
        with PeakMemory(stack.pids["workers"]) as memory:
            # Pair 0 has Postgres make its log files, which later runs use again; it is
            # shown and not counted, or the first contender would pay for all.
            _, *pairs = (
                _pair(client, sales, number=number, say=say)
                for number in range(course.pairs + 1)
            )
        daily = measure_daily(stack, client, sales, shop=shop)
        correction = measure_correction(stack, client, sales)
    return Measured(
        rows=course.rows,
        file_bytes=sales.stat().st_size,
        pairs=tuple(pairs),
        old_way_rows=OLD_WAY_ROWS,
        child_megabytes=memory.megabytes,
        start_ms=starts,
        daily=daily,
        correction=correction,
    )


def _warm_up(client: Client, folder: Path) -> None:
    """Land a small file, so that no first run pays for empty caches."""
    path = folder / "warm-up.csv"
    write_sales(path, Plan(rows=WARM_UP_ROWS, seed=SEED + 1))
    for _ in range(WARM_UPS):
        land(client, path)


def _pair(client: Client, sales: Path, *, number: int, say: Say) -> Pair:
    clean, old = sales.with_suffix(".clean.csv"), sales.with_suffix(".old.csv")
    _level_the_field()
    ours = land(client, sales).seconds
    if number == 0:
        export_clean(clean)
        write_sales(old, Plan(rows=OLD_WAY_ROWS, seed=SEED))
    _level_the_field()
    peer = raw_copy(clean)
    _level_the_field()
    slow = old_way(old, rows=OLD_WAY_ROWS)
    say(
        f"pair {number}: ours {ours:.2f} s, raw COPY {peer:.2f} s,"
        f" {OLD_WAY_ROWS:,} rows the old way {slow:.2f} s"
    )
    return Pair(ours=ours, raw_copy=peer, old_way=slow)


def _level_the_field() -> None:
    """Give every contender an empty table and a server with nothing left to write."""
    empty_table()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("CHECKPOINT")
