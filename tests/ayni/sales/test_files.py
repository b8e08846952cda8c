import csv
import hashlib
import io
import itertools
from decimal import Decimal
from pathlib import Path

import pytest

from ayni.sales.files import Plan, sales_chunks, write_sales
from ayni.sales.oracle import read_oracle
from ayni.sales.receipts import HEADER

DIRTY = Plan(rows=4_000, seed=11, dirty=0.05)
CLEAN = Plan(rows=4_000, seed=11)
# Of the files as first released; another digest would make old measurements
# incomparable.
DIRTY_DIGEST = "641395f3c4025db9f26f7b4c553390985af78340e6a038ad1a7d7313de6eeea3"
CLEAN_DIGEST = "bc1a915eef69ff873abac65b072cf0dd7c728049fc6351e6b941ce3eb6550249"


def content(plan: Plan) -> bytes:
    return b"".join(sales_chunks(plan))


def number(text: str) -> Decimal:
    return Decimal(text.replace("$", "").replace(".", "").replace(",", "."))


@pytest.mark.parametrize(
    ("plan", "digest"), [(DIRTY, DIRTY_DIGEST), (CLEAN, CLEAN_DIGEST)]
)
def test_the_same_plan_gives_the_same_bytes_everywhere(plan: Plan, digest: str) -> None:
    assert hashlib.sha256(content(plan)).hexdigest() == digest


def test_another_seed_shares_no_receipt() -> None:
    receipts = [
        {line.split(";")[1] for line in content(plan).decode("cp1252").splitlines()[1:]}
        for plan in (Plan(rows=500, seed=1), Plan(rows=500, seed=2))
    ]

    assert not receipts[0] & receipts[1]


def test_a_clean_file_is_regular_to_the_last_line() -> None:
    lines = content(CLEAN).decode("cp1252").split("\r\n")

    assert lines[0] == HEADER
    assert lines.pop() == ""
    assert {line.count(";") for line in lines} == {9}
    assert not {'"', "\n", "\r"} & set("".join(lines))


def test_the_totals_of_a_clean_file_are_what_an_independent_reading_adds_up(
    tmp_path: Path,
) -> None:
    path = tmp_path / "sales.csv"

    oracle = write_sales(path, CLEAN)

    with path.open(encoding="cp1252", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert (oracle.rows, oracle.good_rows, oracle.rejects) == (4_000, 4_000, ())
    assert oracle.quantity == sum(number(row["Cantidad"]) for row in rows)
    assert oracle.price_total == sum(number(row["Total"]) for row in rows)


def good_rows(stored: bytes, bad: set[int]) -> list[list[str]]:
    """Read a dirty file without its bad lines, which are known to be one line each."""
    lines = stored.decode("cp1252", errors="replace").split("\n")
    kept = "\n".join(line for n, line in enumerate(lines, start=1) if n not in bad)
    reader = csv.reader(io.StringIO(kept, newline=""), delimiter=";", strict=True)
    return [row for row in itertools.islice(reader, 1, None) if row]


def test_the_oracle_of_a_dirty_file_is_what_an_independent_reading_finds(
    tmp_path: Path,
) -> None:
    path = tmp_path / "sales.csv"

    oracle = write_sales(path, DIRTY)

    rows = good_rows(path.read_bytes(), {bad.line for bad in oracle.rejects})
    assert len(rows) == oracle.good_rows == oracle.rows - len(oracle.rejects)
    assert oracle.quantity == sum(number(row[6]) for row in rows)
    assert oracle.price_total == sum(number(row[8]) for row in rows)


def test_every_kind_of_damage_occurs_in_the_share_asked_for(tmp_path: Path) -> None:
    oracle = write_sales(tmp_path / "sales.csv", DIRTY)

    assert {bad.code for bad in oracle.rejects} == {
        "bad_date",
        "bad_encoding",
        "bad_number",
        "control_character",
        "date_out_of_range",
        "missing_required",
        "number_out_of_range",
        "too_many_fields",
        "unbalanced_quote",
    }
    assert len(oracle.rejects) == pytest.approx(0.05 * 4_000, rel=0.3)


def test_a_dirty_file_has_what_looks_wrong_and_is_right() -> None:
    text = content(DIRTY).decode("cp1252", errors="replace")

    assert "\r\n\r\n" in text
    for oddity in ('; en oferta"', '""especial""', '\nsegunda línea"', "s/i", "$ "):
        assert oddity in text


def test_returns_and_repeated_products_are_in_every_file() -> None:
    rows = [line.split(";") for line in content(CLEAN).decode("cp1252").splitlines()]
    pairs = [(row[1], row[2]) for row in rows]

    assert any(row[6].startswith("-") and row[8].startswith("-") for row in rows)
    assert len(set(pairs)) < len(pairs)


def test_the_oracle_beside_the_file_says_the_same(tmp_path: Path) -> None:
    path = tmp_path / "sales.csv"

    oracle = write_sales(path, DIRTY)

    assert read_oracle(path) == oracle
