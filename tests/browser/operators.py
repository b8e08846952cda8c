"""Somebody who looks after the machines, and jobs for them to look at."""

from pathlib import Path

import psycopg

from jobs.ids import new_id
from tests.flows.client import Shop, open_shop


def open_operator(*, base_url: str, database_url: str) -> Shop:
    """Return somebody who owns a shop and is staff too."""
    shop = open_shop(base_url, database_url)
    change(
        shop, "update accounts_user set is_staff = true where email = %s", shop.email
    )
    return shop


def a_job_that_failed(shop: Shop, folder: Path) -> str:
    """Send a file that is none; its job fails once, for good."""
    path = folder / "planilla.csv"
    path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)
    upload_id = shop.upload(path)["id"]
    shop.reach(upload_id, {"failed"})
    row = shop.sql(
        "select id::text from jobs_job where args->>'upload_id' = %s", upload_id
    )
    return str(row[0])


def change(shop: Shop, text: str, *arguments: object) -> None:
    with psycopg.connect(shop.database_url) as connection:
        connection.execute(text.encode(), arguments)


def a_job_for_tomorrow(shop: Shop, *, actor: str = "health_check") -> str:
    """Schedule a job that no worker starts while the test runs."""
    job_id = str(new_id())
    change(
        shop,
        "insert into jobs_job (id, actor, queue, args, state, run_at) values"
        " (%s, %s, 'default', '{}', 'scheduled', now() + interval '1 day')",
        job_id,
        actor,
    )
    return job_id


def a_job_that_speaks(shop: Shop) -> str:
    """Write a job that is half done, tells so at length, and has returned something."""
    job_id = a_job_for_tomorrow(shop)
    change(
        shop,
        "insert into jobs_progress"
        " (job_id, attempt, token, done, total, share, note, told_at)"
        " values (%s, 0, 0, 1250000, 5000000, 0.25, %s, now())",
        job_id,
        "uncounted" * 11,
    )
    change(
        shop,
        "insert into jobs_result (job_id, value, expires_at)"
        " values (%s, %s, now() + interval '1 day')",
        job_id,
        '{"rows":1250000,"address":"' + "receipts/" * 20 + '"}',
    )
    return job_id


def state_of(shop: Shop, job_id: str) -> str:
    return str(shop.sql("select state from jobs_job where id = %s", job_id)[0])


def attempts_of(shop: Shop, job_id: str) -> int:
    return int(shop.sql("select attempts from jobs_job where id = %s", job_id)[0])
