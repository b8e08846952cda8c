"""The demo from beginning to end, one line a step."""

import dataclasses
import time
from pathlib import Path

from django.db import connection
from rich.console import Console

from ayni.demo import summary
from ayni.demo.audit import disagreements
from ayni.demo.client import Client
from ayni.demo.people import open_shop
from ayni.demo.progress import follow
from ayni.demo.terminal import print_line
from ayni.localstack.stack import Stack
from ayni.sales.files import Plan, write_sales
from ayni.sales.oracle import Oracle

FIRST_SEED = 7
DIRTY = 0.02
FIRST_REJECTS = 5
# The demo wants to land a dirty file, whatever its quality; and to land it again.
OPTIONS = {"quality_threshold": "0", "force": "true"}


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Sales:
    """The file of this run and the truth about it."""

    path: Path
    oracle: Oracle


def run(stack: Stack, console: Console, *, rows: int) -> bool:
    """Send a made-up file to a running stack; return whether every number agrees."""
    shop = open_shop(stack.folder)
    sales = _make_sales(stack.folder, console, rows=rows)
    with Client(stack.base_url, company_id=shop.company_id, login=shop.owner) as client:
        upload_id = _send(client, sales.path, console)
        follow(client.states(upload_id), console)
        upload = client.upload(upload_id)
        rejects = client.first_rejects(upload_id, count=FIRST_REJECTS)
    summary.show_numbers(console, upload)
    summary.show_rejects(console, rejects)
    wrong = disagreements(upload, sales.oracle)
    for sentence in wrong:
        print_line(console, f"DISAGREES: {sentence}", style="red")
    if not wrong:
        agreement = "API, table and the generator's own count agree."
        print_line(console, agreement, style="green")
    summary.show_addresses(console, stack.base_url, shop=shop)
    return not wrong


def _make_sales(folder: Path, console: Console, *, rows: int) -> Sales:
    """Make a file that shares no key with an earlier one, so that its rows are new."""
    seed = int(time.time()) if _has_sales() else FIRST_SEED
    path = folder / f"ventas-{seed}.csv"
    oracle = write_sales(path, Plan(rows=rows, seed=seed, dirty=DIRTY))
    megabytes = path.stat().st_size / 1e6
    print_line(
        console,
        f"{path.name}: {rows:,} rows, {megabytes:,.1f} MB,"
        f" {len(oracle.rejects):,} of them broken (seed {seed})",
    )
    return Sales(path=path, oracle=oracle)


def _has_sales() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM uploads_rawtransaction)")
        return bool(cursor.fetchone() == (True,))


def _send(client: Client, path: Path, console: Console) -> str:
    started = time.monotonic()
    upload_id = client.send(path, options=OPTIONS)
    seconds = time.monotonic() - started
    print_line(console, f"sent by REST in {seconds:.1f} s: upload {upload_id}")
    return upload_id
