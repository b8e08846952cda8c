"""One flow for each promise: HTTP in, real processes, Postgres and socket out."""

import json
import os
import signal
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ayni.localstack.stack import Stack
from tests.flows.client import Shop, open_shop, until
from tests.flows.sales import Sales, write_sales

pytestmark = [pytest.mark.flow, pytest.mark.slow]

ROWS_THAT_TAKE_A_WHILE = 400_000


@pytest.fixture
def shop(stack: Stack) -> Shop:
    return open_shop(stack.base_url, stack.database_url)


@pytest.fixture(scope="session")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Sales:
    folder = tmp_path_factory.mktemp("long")
    return write_sales(folder, rows=ROWS_THAT_TAKE_A_WHILE, seed=5, dirty=0.0)


def adds_up(state: dict[str, Any]) -> bool:
    kinds = ("inserted", "updated", "unchanged", "duplicate", "rejected")
    return bool(state["rows_read"] == sum(state[f"rows_{kind}"] for kind in kinds))


def test_a_clean_file_lands_whole_and_is_watched_live(
    shop: Shop, tmp_path: Path
) -> None:
    sales = write_sales(tmp_path, rows=5_000, seed=1, dirty=0.0)

    upload = shop.upload(sales.path, quality_threshold=0)
    said = shop.watch(upload["id"])
    state = shop.state(upload["id"])

    assert state["status"] == "completed"
    assert adds_up(state)
    assert (state["rows_inserted"], state["rows_rejected"]) == (5_000, 0)
    assert shop.landed() == (5_000, sales.quantity, sales.price_total)
    assert said[-1]["status"] == "completed"
    assert said[-1]["rows_read"] == state["rows_read"]
    sequences = [event["sequence"] for event in said]
    assert sequences == sorted(sequences)


def test_a_dirty_file_names_every_refused_line(shop: Shop, tmp_path: Path) -> None:
    sales = write_sales(tmp_path, rows=3_000, seed=2, dirty=0.05)

    upload = shop.upload(sales.path, quality_threshold=0)
    state = shop.reach(upload["id"], {"completed", "failed"})

    assert state["status"] == "completed"
    assert adds_up(state)
    assert shop.landed() == (sales.good_rows, sales.quantity, sales.price_total)
    assert refusals(shop, upload["id"]) == sales.rejects
    with shop.api as api:
        answer = api.get(f"/uploads/{upload['id']}/rejects.csv")
    assert len(answer.text.splitlines()) >= len(sales.rejects) + 1


def refusals(shop: Shop, upload_id: str) -> set[tuple[int, str]]:
    found: set[tuple[int, str]] = set()
    page = shop.get(f"/uploads/{upload_id}/rejects/", page_size=1000)
    while True:
        found |= {(row["line"], row["code"]) for row in page["results"]}
        if not page["next"]:
            return found
        cursor = page["next"].split("cursor=")[1].split("&")[0]
        page = shop.get(f"/uploads/{upload_id}/rejects/?cursor={cursor}&page_size=1000")


def running_worker(shop: Shop, upload_id: str) -> int | None:
    """Return the pid of the worker process that holds the upload's job."""
    row = shop.sql(
        "select max(w.pid) from jobs_job j join jobs_worker w on w.id = j.worker_id"
        " where j.state = 'running' and j.args->>'upload_id' = %s",
        upload_id,
    )
    pid: int | None = row[0]
    return pid


def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    shop: Shop, long_file: Sales
) -> None:
    upload = shop.upload(long_file.path, quality_threshold=0)
    shop.reach(upload["id"], {"processing"})
    pid = until(
        lambda: running_worker(shop, upload["id"]), seconds=10, what="a worker's pid"
    )

    os.kill(pid, signal.SIGKILL)
    state = shop.reach(upload["id"], {"completed", "failed"}, seconds=120)

    assert state["status"] == "completed"
    assert state["attempts"] >= 2
    assert adds_up(state)
    assert shop.landed() == (
        long_file.good_rows,
        long_file.quantity,
        long_file.price_total,
    )


def test_a_second_delivery_changes_nothing(
    stack: Stack, shop: Shop, tmp_path: Path
) -> None:
    sales = write_sales(tmp_path, rows=500, seed=3, dirty=0.0)
    upload = shop.upload(sales.path, quality_threshold=0)
    before = shop.reach(upload["id"], {"completed"})
    job_id, sent = shop.sql(
        "select id::text, sent_at from jobs_job where args->>'upload_id' = %s",
        upload["id"],
    )

    stack.deliver_again("process_upload", job_id)
    after_all = shop.upload(
        write_sales(tmp_path, rows=50, seed=4, dirty=0.0).path, quality_threshold=0
    )
    shop.reach(after_all["id"], {"completed"})

    assert shop.state(upload["id"]) == before
    attempts = shop.sql("select count(*) from jobs_attempt where job_id = %s", job_id)
    assert attempts == (1,)
    assert sent is not None


def test_cancel_half_way_lands_no_row(shop: Shop, long_file: Sales) -> None:
    upload = shop.upload(long_file.path, quality_threshold=0)
    shop.reach(upload["id"], {"processing"})

    answer = shop.post(f"/uploads/{upload['id']}/cancel/")
    state = shop.reach(upload["id"], {"cancelled", "completed"}, seconds=10)

    assert answer.status_code in {200, 202}
    assert state["status"] == "cancelled"
    assert shop.landed() == (0, Decimal(0), Decimal(0))


def test_another_company_sees_nothing_anywhere(
    stack: Stack, shop: Shop, tmp_path: Path
) -> None:
    sales = write_sales(tmp_path, rows=200, seed=6, dirty=0.1)
    upload = shop.upload(sales.path, quality_threshold=0)
    shop.reach(upload["id"], {"completed"})
    stranger = open_shop(stack.base_url, stack.database_url)
    absent = "018f0000-0000-7000-8000-000000000000"

    for end in ("", "progress/", "rejects/", "rejects.csv", "updates/"):
        with stranger.api as api:
            own = api.get(f"/uploads/{upload['id']}/{end}")
            none = api.get(f"/uploads/{absent}/{end}")
            theirs = api.get(
                f"{stack.base_url}/api/v1/companies/{shop.company_id}"
                f"/uploads/{upload['id']}/{end}"
            )
        assert (own.status_code, theirs.status_code) == (404, 404), end
        assert own.json() == none.json() == theirs.json()
    assert stranger.get("/transactions/")["results"] == []
    assert stranger.get("/uploads/")["results"] == []
    assert stranger.close_code(f"/ws/v1/uploads/{upload['id']}/") == 4404
    assert stranger.close_code(f"/ws/v1/companies/{shop.company_id}/") == 4404
    assert upload["id"] not in json.dumps(stranger.get("/uploads/"))
