"""Refused rows that come back repaired land as if they had been right at first."""

import csv
import io
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.conf import LazySettings

from accounts.models import Company
from processing.errors import NoCorrectionError, StoredFileMissingError
from processing.ingest import ingest
from tests.processing.landing import Send, held, reread
from uploads import storage
from uploads.api.rejected import OUR_COLUMNS, rejected_rows
from uploads.api.spreadsheets import csv_chunks
from uploads.models import CorrectedRow, RawTransaction, Upload
from uploads.selectors import rejects_page, upload_view
from uploads.services.correcting import values_of_correction
from uploads.states import LoadMode, Status

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("either_landing"),
]
# Lines 2 to 7: one receipt has the same product on four lines, two of them broken.
LINES = (
    "05-01-2024;B1;A;2;1.990,50",
    "05-01-2024;B1;A;dos;3.000",
    "05-01-2024;B1;A;3;2.985,75",
    "31-02-2024;B1;A;4;4.000",
    "05-01-2024;;C;1;500",
    "06-01-2024;B2;A;1;995,25",
)
RIGHT = (
    LINES[0],
    "05-01-2024;B1;A;2;3.000",
    LINES[2],
    "28-02-2024;B1;A;4;4.000",
    "05-01-2024;B9;C;1;500",
    LINES[5],
)
FIXES = {3: {3: "2"}, 5: {0: "28-02-2024"}, 6: {1: "B9"}}
Rows = list[list[str]]
Edit = Callable[[Rows], Rows]


def refused_file(upload: Upload) -> Rows:
    """Return what a person sees who opens the file of refused rows."""
    view = upload_view(upload.company_id, upload.pk)
    chunks = csv_chunks(rejected_rows(view), delimiter=str(view.dialect["delimiter"]))
    text = b"".join(chunks).decode("utf-8-sig")
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def mended(rows: Rows, fixes: Mapping[int, Mapping[int, str]]) -> Rows:
    line_at = rows[0].index("ayni_line")
    for row in rows[1:]:
        for column, text in fixes.get(int(row[line_at]), {}).items():
            row[column] = text
    return rows


def send_back(original: Upload, rows: Rows, **options: Any) -> Upload:
    """Send rows back as a spreadsheet saves them, and process them."""
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    stored = storage.save_stream(
        iter([out.getvalue().encode("cp1252")]), limit_bytes=9**9
    )
    upload = Upload.objects.create(
        company=original.company,
        original_name="ventas-rejects.csv",
        stored_name=stored.stored_name,
        size_bytes=stored.size_bytes,
        sha256=stored.sha256,
        forced=True,
        **{**values_of_correction(original), **options},
    )
    ingest(upload.pk, hold=held)
    return reread(upload)


def landed(send: Send, *lines: str, **options: Any) -> Upload:
    upload = send(*lines, **options)
    assert ingest(upload.pk, hold=held) is Status.COMPLETED
    return reread(upload)


def sales(company: Company) -> tuple[list[Any], list[Any]]:
    """Return the keys of all sales, and what was sold by pair, each in order."""
    rows = RawTransaction.objects.of(company.pk)
    keys = rows.values_list("transaction_id", "product_id", "occurrence")
    sold = rows.values_list("transaction_id", "product_id", "quantity", "price_total")
    return sorted(keys), sorted(sold)


def test_a_repaired_line_of_a_repeated_pair_takes_no_others_place(
    company: Company, send: Send
) -> None:
    original = landed(send, *LINES)

    correction = send_back(original, mended(refused_file(original), FIXES))

    assert (correction.rows_inserted, correction.rows_rejected) == (3, 0)
    keys, sold = sales(company)
    assert [key[2] for key in keys if key[:2] == ("B1", "A")] == [1, 2, 3, 4]
    assert sorted(int(one[2]) for one in sold if one[:2] == ("B1", "A")) == [2, 2, 3, 4]


@pytest.mark.parametrize("mode", list(LoadMode))
@pytest.mark.parametrize(
    "before",
    [(), LINES[:1], (*LINES[:1], "05-01-2024;B1;A;9;9.000", LINES[5]), RIGHT],
    ids=["nothing", "one line", "other lines", "all of it"],
)
def test_it_lands_as_if_it_had_been_right_at_first(
    company: Company, send: Send, before: tuple[str, ...], mode: LoadMode
) -> None:
    if before:
        landed(send, *before)
    original = landed(send, *LINES, load_mode=mode)
    send_back(original, mended(refused_file(original), FIXES))
    found = sales(company)
    RawTransaction.objects.of(company.pk).delete()

    if before:
        landed(send, *before)
    landed(send, *RIGHT, load_mode=mode)

    keys, sold = sales(company)
    assert found[0] == keys
    if mode is not LoadMode.APPEND:
        # Which of the lines of one receipt a full table keeps, their order decides.
        assert found[1] == sold


def test_a_line_is_corrected_once(company: Company, send: Send) -> None:
    original = landed(send, *LINES)
    rows = mended(refused_file(original), FIXES)
    send_back(original, [rows[0], rows[1]])
    before = sales(company)

    again = send_back(original, [rows[0], rows[1], rows[2], rows[2]])

    assert again.reject_counts == {"already_corrected": 2}
    assert (again.rows_read, again.rows_inserted, again.rows_rejected) == (3, 1, 2)
    assert len(sales(company)[0]) == len(before[0]) + 1
    assert reread(original).rows_corrected == 2


def test_a_row_that_names_no_refused_line_does_not_land(
    company: Company, send: Send
) -> None:
    original = landed(send, *LINES)
    rows = mended(refused_file(original), FIXES)
    for row, line in zip(rows[1:], ("2", "", "x"), strict=True):
        row[rows[0].index("ayni_line")] = line
    before = sales(company)

    correction = send_back(original, rows)

    assert correction.reject_counts == {"not_a_correction": 3}
    assert correction.status == Status.COMPLETED
    assert sales(company) == before


def test_what_is_still_wrong_stays_open_and_comes_back_with_its_line(
    send: Send, company: Company
) -> None:
    original = landed(send, *LINES)
    rows = mended(refused_file(original), {6: {1: "B9"}})

    correction = send_back(original, rows)

    assert (correction.rows_inserted, correction.rows_rejected) == (1, 2)
    assert [row[5:7] for row in refused_file(original)[1:]] == [
        ["3", "bad_number"],
        ["5", "bad_date"],
    ]
    assert [row[5:7] for row in refused_file(correction)[1:]] == [
        ["3", "bad_number"],
        ["5", "bad_date"],
    ]
    assert refused_file(correction)[0][5:] == list(OUR_COLUMNS)
    page = rejects_page(company.pk, original.pk).rejects
    assert [r.corrected_by for r in page] == [None, None, correction.pk]
    last = send_back(original, mended(refused_file(correction), FIXES))
    assert (last.rows_inserted, len(refused_file(original))) == (2, 1)


def test_it_is_read_as_the_original_was_and_not_as_it_looks(
    company: Company, send: Send
) -> None:
    lines = (
        "01-13-2024;B1;A;1;1.990",
        "01-02-2024;B2;A;x;1.5",
        "02-01-2024;B3;A;1;2.25",
    )
    original = landed(send, *lines)

    send_back(original, mended(refused_file(original), {3: {3: "2", 4: "1.500"}}))

    row = RawTransaction.objects.of(company.pk).get(transaction_id="B2")
    assert (row.occurred_at.month, row.occurred_at.day) == (1, 2)
    assert str(row.price_total) == "1.5000"


def test_columns_without_a_field_are_kept_without_ours(
    company: Company, send: Send
) -> None:
    header = "Fecha;N° Boleta;Código Producto;Cantidad;Total;Bodega"
    original = landed(
        send, "05-01-2024;B1;A;dos;1.990;Norte", header=header, keep_extra=True
    )

    send_back(original, mended(refused_file(original), {2: {3: "2"}}))

    assert RawTransaction.objects.of(company.pk).get().extra == {"Bodega": "Norte"}


def test_a_file_without_our_column_corrects_nothing(send: Send) -> None:
    original = landed(send, *LINES)
    rows = [row[:5] for row in mended(refused_file(original), FIXES)]

    with pytest.raises(NoCorrectionError):
        send_back(original, rows)

    failed = Upload.objects.across_tenants().get(corrects=original)
    assert (failed.status, failed.error_code) == (Status.FAILED, "no_correction")


def test_without_the_first_file_nobody_can_say_where_a_row_belongs(
    send: Send, settings: LazySettings
) -> None:
    original = landed(send, *LINES)
    rows = mended(refused_file(original), FIXES)
    storage.remove(original.stored_name)

    with pytest.raises(StoredFileMissingError):
        send_back(original, rows)

    assert CorrectedRow.objects.of(original.company_id).count() == 0


def test_a_correction_in_which_nothing_is_right_yet_lands_nothing(
    company: Company, send: Send
) -> None:
    original = landed(send, *LINES)
    before = sales(company)

    correction = send_back(original, refused_file(original))

    assert (correction.status, correction.rows_rejected) == (Status.COMPLETED, 3)
    assert sales(company) == before
    assert reread(original).rows_corrected == 0
