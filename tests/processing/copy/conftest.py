"""Landing rows of one company in a test, as an attempt does."""

import csv
import io
import uuid
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from processing.copy import staging
from processing.copy.columns import STAGED
from processing.copy.merge import Merged, Mode, merge_rows
from processing.copy.statements import Target
from uploads.models import DayCount, RawTransaction, Reject

Land = Callable[..., Merged]


@pytest.fixture
def company_id() -> uuid.UUID:
    return uuid.uuid4()


@pytest.fixture
def cursor(transactional_db: None) -> Iterator[psycopg.Cursor[Any]]:
    connection.ensure_connection()
    with connection.connection.cursor() as opened:
        yield opened


@pytest.fixture
def land(cursor: psycopg.Cursor[Any], company_id: uuid.UUID) -> Land:
    """Land rows of text; ``at`` is a day or a moment, ``key`` transaction/product."""

    def land_rows(
        rows: Iterable[tuple[str, str, str]],
        mode: Mode = Mode.UPSERT,
        *,
        company: uuid.UUID = company_id,
        upload: uuid.UUID | None = None,
        zone: str = "America/Santiago",
    ) -> Merged:
        target = Target(
            table=RawTransaction._meta.db_table,
            day_counts=DayCount._meta.db_table,
            company_id=str(company),
            upload_id=str(upload or uuid.uuid4()),
            time_zone=zone,
        )
        shares: list[float] = []
        with staging.staged(cursor):
            count = staging.stage_rows(cursor, copy_csv(rows))
            staging.stage_repeats(cursor, range(1, count + 1))
            with transaction.atomic():
                merged = merge_rows(cursor, target, mode=mode, on_slice=shares.append)
                staging.keep_rejects(
                    cursor,
                    table=Reject._meta.db_table,
                    company_id=target.company_id,
                    upload_id=target.upload_id,
                )
        return merged

    return land_rows


def copy_csv(rows: Iterable[tuple[str, str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, STAGED, restval="")
    for number, (moment, key, total) in enumerate(rows, start=1):
        transaction_id, product_id = key.split("/")
        writer.writerow(
            {
                "record": number,
                "line": number + 1,
                "occurred_at": f"{moment} 12:00+00" if len(moment) == 10 else moment,
                "transaction_id": transaction_id,
                "product_id": product_id,
                "quantity": "1",
                "price_total": total,
            }
        )
    return text.getvalue().encode()
