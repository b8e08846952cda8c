"""A shop's file of the day: where a year of rows is, and where there is none."""

from collections.abc import Iterator
from pathlib import Path

from accounts.models import Company, Membership, User
from accounts.roles import Role
from ayni.demo.client import Client
from ayni.demo.people import Shop
from ayni.localstack.stack import Stack
from ayni.sales.files import Plan, write_sales
from benchmarks.landing import land
from benchmarks.peers import empty_table

ROWS, FILES = 5_000, 12
# Of no other file of a run.
FIRST_SEED = 1_000
NEW_SHOP, NEW_RUT = "Almacén recién abierto", "76.086.428-5"


def measure_daily(
    stack: Stack, client: Client, sales: Path, *, shop: Shop
) -> tuple[tuple[float, float], ...]:
    """Land ``sales`` for the shop and nothing for a new one, then small files for both.

    Returns a pair for each small file, seconds from its acceptance: where the rows are,
    and where none is. The table is the same, and so are its indexes.
    """
    empty_table()
    land(client, sales)
    with Client(
        stack.base_url, company_id=_new_shop(shop).pk, login=shop.owner
    ) as other:
        return tuple(
            (land(client, path).seconds, land(other, path).seconds)
            for path in _files(stack.folder)
        )


def _new_shop(shop: Shop) -> Company:
    company = Company.objects.create(name=NEW_SHOP, rut=NEW_RUT)
    owner = User.objects.get(email=shop.owner.email)
    Membership.objects.create(user=owner, company=company, role=Role.OWNER)
    return company


def _files(folder: Path) -> Iterator[Path]:
    for number in range(FILES):
        path = folder / f"day-{number}.csv"
        write_sales(path, Plan(rows=ROWS, seed=FIRST_SEED + number))
        yield path
