"""Do all the numbers agree? The API, the table and the generator's oracle.

The table is read by plain SQL: a check that shares code with what it checks would
repeat its mistakes.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection

from ayni.sales.oracle import Oracle

ENDINGS = ("inserted", "updated", "unchanged", "duplicate", "rejected")
# So many examples tell what kind of mistake it is.
MOST_EXAMPLES = 3
TOTALS = """
    SELECT count(*), coalesce(sum(quantity), 0), coalesce(sum(price_total), 0)
    FROM uploads_rawtransaction WHERE upload_id = %s
"""
REFUSED = "SELECT line, code FROM uploads_reject WHERE upload_id = %s"


def disagreements(upload: Mapping[str, Any], oracle: Oracle) -> tuple[str, ...]:
    """Return a sentence for each number that does not agree; none if all do.

    ``upload`` is what the API says of it. The file must share no key with an earlier
    one: its rows are then exactly those the upload left in the table.
    """
    return (
        *_of_the_report(upload, oracle),
        *_of_the_table(upload, oracle),
        *_of_the_refusals(str(upload["id"]), oracle),
    )


def _of_the_report(upload: Mapping[str, Any], oracle: Oracle) -> Iterator[str]:
    if upload["status"] != "completed":
        yield (
            f"the upload ended {upload['status']}, not completed:"
            f" {upload['error_message'] or upload['error_code']}"
        )
    accounted = sum(upload[f"rows_{ending}"] for ending in ENDINGS)
    if upload["rows_read"] != accounted:
        yield f"{upload['rows_read']} rows were read but {accounted} accounted for"
    if upload["rows_read"] != oracle.rows:
        yield f"{upload['rows_read']} rows were read; the file has {oracle.rows}"
    if upload["rows_rejected"] != len(oracle.rejects):
        yield (
            f"{upload['rows_rejected']} rows were refused;"
            f" {len(oracle.rejects)} are broken"
        )


def _of_the_table(upload: Mapping[str, Any], oracle: Oracle) -> Iterator[str]:
    rows, quantity, price_total = next(iter(_rows(TOTALS, upload["id"])))
    landed = upload["rows_inserted"] + upload["rows_updated"]
    if rows != landed:
        yield f"the table has {rows} rows of the upload; it reports {landed}"
    if rows != oracle.good_rows:
        yield f"the table has {rows} rows; {oracle.good_rows} of the file are good"
    if quantity != oracle.quantity:
        yield f"quantities add up to {quantity}, in the file to {oracle.quantity}"
    if price_total != oracle.price_total:
        yield f"totals add up to {price_total}, in the file to {oracle.price_total}"


def _of_the_refusals(upload_id: str, oracle: Oracle) -> Iterator[str]:
    refused = {(line, code) for line, code in _rows(REFUSED, upload_id)}
    broken = {(bad.line, bad.code) for bad in oracle.rejects}
    if wrongly := refused - broken:
        yield f"refused but not broken so: {_examples(wrongly)}"
    if missed := broken - refused:
        yield f"broken but not refused so: {_examples(missed)}"


def _examples(places: Iterable[tuple[int, str]]) -> str:
    found = sorted(places)
    some = ", ".join(f"line {line} ({code})" for line, code in found[:MOST_EXAMPLES])
    return some if len(found) <= MOST_EXAMPLES else f"{some} and {len(found) - 3} more"


def _rows(statement: str, upload_id: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [upload_id])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
