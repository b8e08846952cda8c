from pathlib import Path

import pytest

from processing.pipeline.errors import FileError
from processing.pipeline.limits import DEFAULT_LIMITS, Limits
from processing.pipeline.preview import ALL, Preview, preview
from tests.processing.pipeline.files import hints, read, sales, stored

REFUSED = "a;b\n1;2;3\n1;x\n1;x\n1;2;3\n2;x\n2;x\n1;2;3\n"


def seen(
    folder: Path,
    content: str | bytes,
    *,
    records: int = ALL,
    limits: Limits = DEFAULT_LIMITS,
) -> Preview:
    return preview(stored(folder, content), hints(), limits, records=records)


def faults(shown: Preview) -> list[tuple[int, int, str]]:
    return [(r.line, r.byte_offset, r.code) for r in shown.rejects]


def test_any_table_is_shown_whatever_its_columns_mean(tmp_path: Path) -> None:
    shown = seen(tmp_path, "ciudad,habitantes\nTalca,220357\nLinares,93602\n")

    assert shown.structure.header.names == ("ciudad", "habitantes")
    assert shown.records == (("Talca", "220357"), ("Linares", "93602"))
    assert shown.rejects == ()


def test_cells_are_shown_as_they_stand(tmp_path: Path) -> None:
    shown = seen(tmp_path, 'a;b;c\n 1 ;"x ""y"";\nz";\n;2;NULL\n')

    assert shown.records == ((" 1 ", 'x "y";\nz', ""), ("", "2", "NULL"))


def test_a_short_record_is_completed_and_a_long_one_refused(tmp_path: Path) -> None:
    shown = seen(tmp_path, "a;b;c\n1;2;3\n1;2\n1;2;3;;\n1;2;3;4\n5;6;7\n")

    assert shown.records == (
        ("1", "2", "3"),
        ("1", "2", ""),
        ("1", "2", "3"),
        ("5", "6", "7"),
    )
    assert faults(shown) == [(5, 24, "too_many_fields")]


def test_bytes_that_are_not_text_are_refused_and_never_replaced(tmp_path: Path) -> None:
    names = "".join(f"{n};Peñalolén\n" for n in range(9)).encode()
    shown = seen(tmp_path, b"n;comuna\n" + names + b"9;Caf\x81\n" + names)

    assert faults(shown) == [(11, 9 + len(names), "bad_encoding")]
    assert len(shown.records) == 18
    assert not any("\ufffd" in cell for record in shown.records for cell in record)


def test_records_keep_their_lines(tmp_path: Path) -> None:
    shown = seen(tmp_path, 'a;b\n\n1;"x\ny"\n\n2;z\n')

    assert shown.lines == (3, 6)


@pytest.mark.parametrize(
    ("records", "first", "rest"),
    [
        pytest.param(2, ("1", "2"), 1, id="fewer than there are"),
        pytest.param(3, ("1", "2", "3"), 0, id="as many as there are"),
        pytest.param(9, ("1", "2", "3"), 0, id="more than there are"),
        pytest.param(ALL, ("1", "2", "3"), 0, id="all"),
    ],
)
def test_as_many_records_are_shown_as_were_asked_for(
    tmp_path: Path, records: int, first: tuple[str, ...], rest: int
) -> None:
    shown = seen(tmp_path, "a;b\n1;x\n2;x\n3;x\n", records=records)

    assert tuple(record[0] for record in shown.records) == first
    assert shown.is_whole is (rest == 0)


def test_rejects_behind_the_last_record_shown_are_not_told(tmp_path: Path) -> None:
    shown = seen(tmp_path, REFUSED, records=2)

    assert [reject.line for reject in shown.rejects] == [2, 5]


def test_a_file_of_more_rows_than_allowed_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="limit of 2 rows"):
        seen(tmp_path, "a;b\n1;x\n2;x\n3;x\n", limits=Limits(rows=2))


def test_what_is_shown_is_what_is_landed(tmp_path: Path) -> None:
    content = sales(
        "05-01-2024;B1;A;2;1.990,50",
        '06-01-2024;B2;"x;""y""";1;10',
        "07-01-2024;B3;C;1;10;x",
        "08-01-2024;B4;D;1;10",
    )

    shown = seen(tmp_path, content)
    landed = read(tmp_path / "sales.csv")

    assert [record[2] for record in shown.records] == landed.column("product_id")
    assert [r.line for r in shown.rejects] == [r.line for r in landed.rejects]
