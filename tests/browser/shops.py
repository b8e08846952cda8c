"""A shop whose uploads are in every state a page shows, and where its pages are."""

import json
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.types.json import Jsonb

from tests.dashboard import making
from tests.flows.client import TERMINAL, Shop, open_shop
from tests.flows.sales import write_sales

RUNNING = {
    "status": "processing",
    "sequence": 0,
    "phase": "reading",
    "progress_percent": 42,
    "rows_read": 418_000,
    "rows_accepted": 410_112,
    "rows_rejected": 7_888,
    "rows_per_second": 104_512.0,
    "seconds_left": 9.4,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """A shop with one upload of each kind, and another shop with none."""

    shop: Shop
    empty: Shop
    completed: str
    failed: str
    running: str
    asking: str
    remarked: str

    def path(self, kind: str) -> str:
        upload_id: str = getattr(self, kind)
        return f"/uploads/{upload_id}/"

    def review(self) -> str:
        return f"{self.path('asking')}review/"


def open_gallery(*, base_url: str, database_url: str, folder: Path) -> Gallery:
    """Send real files and wait until they end; one is then put back to work by hand."""
    shop = open_shop(base_url, database_url)
    sales = write_sales(folder, rows=20_000, seed=7, dirty=0.005)
    november = sales.path.rename(folder / "ventas-noviembre.csv")
    not_csv = folder / "planilla.csv"
    not_csv.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 8)
    running = folder / "en-curso.csv"
    running.write_text("fecha;boleta\n01-01-2026;1\n", encoding="utf-8")
    unclear = write_unclear(folder / "caja-2.csv")
    files = (november, not_csv, running, unclear, write_odd(folder / "caja-3.csv"))
    ids = [shop.upload(path)["id"] for path in files]
    for upload_id in ids:
        shop.reach(upload_id, TERMINAL)
    put_to_work(shop, ids[2])
    return Gallery(
        shop=shop,
        empty=open_shop(base_url, database_url),
        completed=ids[0],
        failed=ids[1],
        running=ids[2],
        asking=ids[3],
        remarked=ids[4],
    )


def write_unclear(path: Path, *, receipts: str = "B", price: str = "Cobro X") -> Path:
    """Write a file whose price is in a column of a name that says nothing."""
    rows = [
        f"0{n}-01-2026;{receipts}-{n};A-{n};{n};{n}.990;Café molido {n} kg;Central"
        for n in range(1, 8)
    ]
    header = f"Fecha;Boleta;Ref.;Cant.;{price};Glosa;Bodega"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def write_odd(path: Path) -> Path:
    """Write a file that lands, with rows to look at and lines that are no rows."""
    header = "Fecha;Boleta;SKU;Cant.;Total;Precio Unitario"
    rows = [f"{day:02}-03-2026;C-{day};A-{day};2;3.980;1.990" for day in range(1, 29)]
    odd = ("29-03-2026;C-29;A-1;2;9.980;1.990", "30-03-2026;C-30;A-2;2;3.980")
    lines = (header, *rows[:14], header, *rows[14:], *odd, "", "TOTAL;;;60;125.400;")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def put_to_work(shop: Shop, upload_id: str) -> None:
    """Make an upload look as one half-way through, which no worker will touch."""
    values = {**RUNNING, "dialect": Jsonb(making.DIALECT), "finished_at": None}
    assignments = ", ".join(f"{name} = %({name})s" for name in values)
    with psycopg.connect(shop.database_url) as connection:
        connection.execute(
            f"update uploads_upload set {assignments} where id = %(id)s".encode(),  # noqa: S608 - our own names
            {**values, "id": upload_id},
        )


def said(message: object) -> str:
    """Return what a server says over a socket."""
    return json.dumps(message)
