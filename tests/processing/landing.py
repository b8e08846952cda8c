"""Sales files and their uploads, for the tests of the story."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal

import psycopg
from django.db import connection

from accounts.models import Company
from processing.copy.statements import LOCK_COMPANY, Target, run
from uploads.models import RawTransaction, Upload

Send = Callable[..., Upload]

HEADER = "Fecha;N° Boleta;Código Producto;Cantidad;Total"
GOOD = (
    "05-01-2024;B1;A;2;1.990,50",
    "05-01-2024;B1;B;1;500",
    "31-01-2024;B2;A;1;995,25",
    "02-02-2024;B3;A;3;2.985,75",
)
BAD = ("31-02-2024;B4;A;1;100", "03-02-2024;;A;1;100")


class LeaseLostError(Exception):
    """What the fence raises when another attempt has taken over."""


@contextmanager
def company_turn(company: Company) -> Iterator[None]:
    """Hold the company's turn to merge from another session, as another file would."""
    with psycopg.connect(**connection.get_connection_params()) as other:
        target = Target(
            table="",
            day_counts="",
            company_id=str(company.pk),
            upload_id="",
            time_zone="UTC",
        )
        run(other.cursor(), LOCK_COMPANY, target=target)
        yield


def held() -> None:
    """Stand for a fence that this attempt may pass."""


def lost() -> None:
    raise LeaseLostError


def reread(upload: Upload) -> Upload:
    return Upload.objects.across_tenants().get(pk=upload.pk)


def landed(company: Company) -> list[tuple[str, str, Decimal]]:
    return [
        (row.transaction_id, row.product_id, row.price_total)
        for row in RawTransaction.objects.of(company.pk).order_by(
            "transaction_id", "product_id"
        )
    ]
