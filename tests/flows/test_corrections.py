"""Refused rows, repaired in a spreadsheet and sent back, through real processes."""

import csv
import io
from pathlib import Path

import pytest

from ayni.localstack.stack import Stack
from tests.flows.client import TERMINAL, Shop, open_shop
from tests.processing.pipeline.workbooks import (
    DAY,
    header,
    number,
    row,
    sale,
    sheet,
    text,
    workbook,
)

pytestmark = [pytest.mark.slow, pytest.mark.flow]
LINES = (
    "fecha;boleta;sku;cantidad;total",
    "05-01-2026;B1;A;2;1.990",
    "05-01-2026;B1;A;dos;3.000",
    "05-01-2026;B1;A;3;2.985",
    "ayer;B2;A;1;500",
)


def repaired(shop: Shop, upload_id: str, fixes: dict[str, dict[str, str]]) -> str:
    """Return the file of refused rows, repaired by line, as Excel in Chile saves it."""
    with shop.api as api:
        answer = api.get(f"/uploads/{upload_id}/rejects.csv")
    assert answer.status_code == 200, answer.text
    content = answer.content.decode("utf-8-sig")
    delimiter = ";" if ";" in content.splitlines()[0] else ","
    rows = list(csv.DictReader(io.StringIO(content), delimiter=delimiter))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({**one, **fixes.get(one["ayni_line"], {})} for one in rows)
    return out.getvalue()


def send_back(shop: Shop, folder: Path, content: str, original: str) -> str:
    path = folder / "reparadas.csv"
    path.write_bytes(content.encode("cp1252"))
    upload_id: str = shop.upload(path, corrects=original)["id"]
    return upload_id


def test_repaired_rows_land_beside_the_others_and_both_uploads_say_so(
    stack: Stack, tmp_path: Path
) -> None:
    shop = open_shop(stack.base_url, stack.database_url)
    path = tmp_path / "ventas.csv"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    original = shop.upload(path, quality_threshold=0)["id"]
    assert shop.reach(original, TERMINAL)["rows_rejected"] == 2

    content = repaired(shop, original, {"3": {"cantidad": "2"}})
    correction = send_back(shop, tmp_path, content, original)

    landed = shop.reach(correction, TERMINAL)
    assert (landed["status"], landed["corrects"]) == ("completed", original)
    assert (landed["rows_inserted"], landed["rows_rejected"]) == (1, 1)
    assert shop.landed()[0] == 3
    first = shop.state(original)
    assert (first["corrected_by"], first["rows_corrected"]) == ([correction], 1)
    rejects = shop.get(f"/uploads/{original}/rejects/")["results"]
    assert [r["corrected_by"] for r in rejects] == [correction, None]
    last = send_back(
        shop,
        tmp_path,
        repaired(shop, original, {"5": {"fecha": "06-01-2026"}}),
        original,
    )
    assert shop.reach(last, TERMINAL)["rows_inserted"] == 1
    assert shop.landed()[0] == 4


def test_a_refused_row_of_a_workbook_comes_back_as_a_csv(
    stack: Stack, tmp_path: Path
) -> None:
    shop = open_shop(stack.base_url, stack.database_url)
    bad = row(number(45356, DAY), text("B1"), text("A"), text("dos"), number("1990.5"))
    path = workbook(tmp_path, sheet(header(), sale("B1"), bad))
    original = shop.upload(path, quality_threshold=0)["id"]
    assert shop.reach(original, TERMINAL)["rows_rejected"] == 1

    content = repaired(shop, original, {"3": {"Cantidad": "5"}})
    correction = send_back(shop, tmp_path, content, original)

    assert shop.reach(correction, TERMINAL)["rows_inserted"] == 1
    assert shop.landed()[1:] == (7, 3980.5)


def test_only_what_landed_can_be_corrected_and_only_by_its_company(
    stack: Stack, tmp_path: Path
) -> None:
    shop, other = (open_shop(stack.base_url, stack.database_url) for _ in range(2))
    path = tmp_path / "ventas.csv"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    failed = shop.upload(path, bad_rows="abort")["id"]
    assert shop.reach(failed, TERMINAL)["status"] == "failed"

    answers = []
    for sender in (shop, other):
        with path.open("rb") as file, sender.api as api:
            answers.append(
                api.post(
                    "/uploads/",
                    files={"file": (path.name, file, "text/csv")},
                    data={"corrects": failed, "force": "true"},
                )
            )

    found = [(a.status_code, a.json()["code"]) for a in answers]
    assert found == [(409, "upload_not_correctable"), (404, "upload_not_found")]
