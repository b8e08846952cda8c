"""Sales files and their uploads, for the tests of the story."""

from collections.abc import Callable
from decimal import Decimal

from accounts.models import Company
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
