import dataclasses
import json
from pathlib import Path

import pytest

from processing.pipeline.batches import ReadOptions
from processing.pipeline.encode import STAGING_COLUMNS
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.quality import BatchStats, add_stats
from processing.pipeline.rejects import CODES, EXCERPT_CHARS, REFUSALS, Severity
from tests.processing.pipeline.files import GOOD, HEADER, hints, read, sales, stored

OPEN = "unbalanced_quote"
# Line by line: what it is, and the column and code of its refusal if it is refused.
MESSY: tuple[tuple[str, str, str], ...] = (
    ("05-01-2024;B1;A;2;1.990,50", "", ""),
    ("", "blank", ""),
    ("31-02-2024;B2;A;1;100", "Fecha", "bad_date"),
    ('06-01-2024;B3;"Ñandú; ""grande""";1;100', "", ""),
    ('06-01-2024;B4;"dos\r\nlíneas";1;100', "", ""),
    ("06-01-2024;B5;A;dos;100", "Cantidad", "bad_number"),
    ('06-01-2024;B6;"A;1;100', "", OPEN),
    (" ; ;; ;", "blank", ""),
    ("06-01-2024;B7;;1;100", "Código Producto", "missing_required"),
    ("05-03-1890;B8;A;1;100", "Fecha", "date_out_of_range"),
    ("06-01-2024;B9;A;1;100;x;y", "", "too_many_fields"),
    ("06-01-2024;B10;A;1;100;;", "", ""),
    ("06-01-2024;B11;A", "Cantidad", "missing_required"),
    ("06-01-2024;B12;A;1;1,23456", "Total", "number_out_of_range"),
    ("06-01-2024;B13;Caf\udc81;1;100", "Código Producto", "bad_encoding"),
    ("06-01-2024;B14;A\x01;1;100", "Código Producto", "control_character"),
    ('06-01-2024;B15;"x\r\ny;1;100', "", OPEN),
    ("06-01-2024;B16;A;-1;$ 100", "", ""),
)


def messy_bytes() -> bytes:
    lines = "\r\n".join([HEADER, *(line for line, _, _ in MESSY)]) + "\r\n"
    return lines.encode("cp1252", "surrogateescape")


def expected_faults() -> list[tuple[int, str, str]]:
    faults, number = [], 2
    for line, column, code in MESSY:
        if code:
            faults.append((number, column, code))
        number += 1 + line.count("\n")
    # The open mark of B15 costs its own line; what stands below is a record of its own.
    below = next(line for line, _, code in reversed(faults) if code == OPEN) + 1
    return sorted([*faults, (below, "Fecha", "bad_date")])


def test_a_messy_file_is_refused_exactly_where_it_is_wrong(tmp_path: Path) -> None:
    reading = read(stored(tmp_path, messy_bytes()))

    assert reading.faults() == expected_faults()
    assert reading.column("transaction_id") == ["B1", "B3", "B4", "B10", "B16"]
    assert reading.column("product_id")[1:3] == ['Ñandú; "grande"', "dos\r\nlíneas"]
    assert reading.column("price_total")[0] == "1990.5000"
    assert reading.column("occurred_at")[0] == "2024-01-05T03:00:00+00:00"


def test_no_record_is_lost_between_file_and_counts(tmp_path: Path) -> None:
    reading = read(stored(tmp_path, messy_bytes()))

    records = sum(column != "blank" for _, column, _ in MESSY) + 1
    batch = reading.batches[0]
    assert batch.records_read == records == len(reading.rows) + len(reading.rejects)
    assert batch.blank == batch.stats.blank == len(MESSY) + 1 - records
    numbers = [int(row["record"] or 0) for row in reading.rows]
    numbers += [reject.record for reject in reading.rejects]
    assert sorted(numbers) == list(range(1, records + 1))


def test_a_refusal_points_at_its_place_in_the_file(tmp_path: Path) -> None:
    content = messy_bytes()

    for reject in read(stored(tmp_path, content)).rejects:
        ahead = content[: reject.byte_offset]
        assert ahead.count(b"\n") == reject.line - 1
        assert ahead.endswith(b"\n")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp850"])
def test_places_are_right_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = sales(GOOD, "05-01-2024;B2;Ñ;1;ñoño", "05-01-2024;B3;Ó;1;áéí")

    reading = read(stored(tmp_path, text, encoding=encoding), hints(encoding=None))

    content = text.encode(encoding)
    for reject, start in zip(
        reading.rejects, ("05-01-2024;B2", "05-01-2024;B3"), strict=True
    ):
        bare = start.encode(encoding.replace("-sig", "").replace("16", "16-le"))
        assert content[reject.byte_offset :].startswith(bare)


def test_a_refusal_shows_no_more_than_an_excerpt_but_keeps_all(tmp_path: Path) -> None:
    long = "9" * 200 + "x"

    reject = read(stored(tmp_path, sales(GOOD, f"05-01-2024;B2;A;{long};1"))).rejects[0]

    assert reject.excerpt == long[:EXCERPT_CHARS]
    assert reject.raw == ("05-01-2024", "B2", "A", long, "1")


@pytest.mark.parametrize(
    ("line", "excerpt"),
    [
        ("05-01-2024;B2;A;1;100;x", "05-01-2024 | B2 | A | 1 | 100 | x"),
        ("05-01-2024;B2;A\x01;1;1", "A\\x01"),
        ("05-01-2024;B2;A\0;1;1", "A\\x00"),
        ("05-01-2024;B2;;1;1", ""),
        ("31-02-2024;B2;A;1;1", "31-02-2024"),
    ],
)
def test_an_excerpt_is_one_line_that_can_be_shown(
    tmp_path: Path, line: str, excerpt: str
) -> None:
    reject = read(stored(tmp_path, sales(GOOD, line))).rejects[0]

    assert reject.excerpt == excerpt
    assert "\0" not in "".join(reject.raw)


@pytest.mark.parametrize("blank", [" ; ;; ;", '"\n";;;;'], ids=["bare", "in marks"])
def test_a_blank_record_is_blank_even_where_defaults_would_fill_it(
    tmp_path: Path, blank: str
) -> None:
    path = stored(tmp_path, sales(GOOD, blank, GOOD))

    (batch,) = read(path, hints(defaults={"occurred_at": "05-01-2024"})).batches

    assert (batch.records_read, batch.blank, len(batch.rejects)) == (2, 1, 0)


def test_a_missing_column_is_told_by_the_fields_name(tmp_path: Path) -> None:
    text = sales("05-01-2024;B1;A;2", header="Fecha;Boleta;SKU;Cantidad")

    assert read(stored(tmp_path, text)).faults() == [
        (2, "price_total", "missing_required")
    ]


def test_a_fault_in_a_column_without_a_field_refuses_too(tmp_path: Path) -> None:
    text = sales(GOOD + ";x", GOOD + ";\x01", header=HEADER + ";Nota")

    assert read(stored(tmp_path, text)).faults() == [(3, "Nota", "control_character")]


def test_a_cell_longer_than_a_cell_may_be_refuses_its_row(tmp_path: Path) -> None:
    path = stored(tmp_path, sales(GOOD, f"05-01-2024;B2;{'Ñ' * 60};1;1", GOOD))
    limits = dataclasses.replace(DEFAULT_LIMITS, field_bytes=100)

    reading = read(path, options=ReadOptions(limits=limits))

    assert reading.faults() == [(3, "Código Producto", "field_too_long")]


def test_columns_without_a_field_are_kept_when_asked(tmp_path: Path) -> None:
    text = sales(GOOD + ";  x\t;;y;z", header=HEADER + ';Nota;;Nota;Ñ "q"')

    reading = read(stored(tmp_path, text), options=ReadOptions(keep_extra=True))

    extra = json.loads(reading.column("extra")[0] or "")
    assert extra == {"Nota": "x", "Nota (2)": "y", 'Ñ "q"': "z"}
    assert read(stored(tmp_path, text)).column("extra") == [None]


def test_stats_of_a_file_say_what_was_wrong(tmp_path: Path) -> None:
    lines = (
        "05-01-2024;B1;A;2;200;100",
        "05-01-2024;B1;A;2;200;150",
        "05-01-2024;B2;A;x;200;100",
        "05-01-1890;B3;A;2;200;100",
        "05-01-2024;B4;A;2;1,5",
    )
    text = sales(*lines, header=HEADER + ";Precio Unitario")

    stats = add_stats(BatchStats(), read(stored(tmp_path, text)).batches[0].stats)

    assert (stats.records, stats.accepted, stats.required_filled) == (5, 3, 25)
    assert (stats.priced, stats.mismatched, stats.repeated) == (2, 1, 1)
    assert (stats.untyped, stats.out_of_range_dates) == (1, 1)


def test_rows_of_all_batches_are_numbered_through(tmp_path: Path) -> None:
    count = 20_000
    long = f"05-01-2024;B1;{'A' * 600};2;1,5"
    path = stored(tmp_path, sales(*[long] * count, "31-02-2024;B;A;1;1", GOOD))

    reading = read(path)

    assert len(reading.batches) > 1
    assert [int(row["record"] or 0) for row in reading.rows[-2:]] == [count, count + 2]
    assert [r.line for r in reading.rejects] == [count + 2]
    assert reading.batches[-1].bytes_done == reading.understanding.total_bytes
    assert path.stat().st_size == reading.understanding.total_bytes


def test_every_refusal_has_a_number_that_stays() -> None:
    assert REFUSALS == (
        "missing_required",
        "bad_date",
        "date_out_of_range",
        "bad_number",
        "number_out_of_range",
        "too_many_fields",
        "bad_encoding",
        "control_character",
        "unbalanced_quote",
        "field_too_long",
        "formula_error",
    )
    assert all(
        (CODES[code].severity is Severity.REJECT) is (code in REFUSALS)
        for code in CODES
    )


def test_staged_columns_have_an_order_that_others_rely_on() -> None:
    assert STAGING_COLUMNS[:4] == ("record", "line", "occurred_at", "transaction_id")
    assert STAGING_COLUMNS[-1] == "extra"
