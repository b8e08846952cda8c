import io
import json
from pathlib import Path
from typing import Any
from unittest.mock import ANY

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

SALES = "fecha;total\n05-01-2024;10\n06-01-2024;20;x\n07-01-2024;30\n"


def printed(*arguments: str) -> str:
    out = io.StringIO()
    call_command("preview_csv", *arguments, stdout=out)
    return out.getvalue()


def objects(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed("--json", *arguments).splitlines()]


@pytest.fixture
def sales(tmp_path: Path) -> str:
    path = tmp_path / "ventas.csv"
    path.write_text(SALES, encoding="utf-16")
    return str(path)


def test_a_file_is_told_as_one_object(sales: str) -> None:
    (told,) = objects(sales)

    assert told == {
        "file": sales,
        "encoding": "utf-16-le",
        "delimiter": ";",
        "quote": '"',
        "escape": None,
        "line_ending": "\n",
        "header_line": 1,
        "header": ["fecha", "total"],
        "detected": {
            "encoding": {"confidence": 1.0, "reason": "byte order mark"},
            "delimiter": {"confidence": ANY, "reason": "cuts best"},
            "quote": {"confidence": ANY, "reason": "cuts best"},
            "line_ending": {"confidence": 1.0, "reason": "most lines"},
            "header_line": {"confidence": 1.0, "reason": "known names"},
        },
        "records": [["05-01-2024", "10"], ["07-01-2024", "30"]],
        "rejects": [
            {
                "line": 3,
                "byte_offset": 54,
                "code": "too_many_fields",
                "excerpt": "06-01-2024 | 20 | x",
            }
        ],
    }


def test_a_refused_file_has_its_error_and_stops_no_other(
    sales: str, tmp_path: Path
) -> None:
    (tmp_path / "vacio.csv").write_text("\n\n", encoding="utf-8")
    names = [str(tmp_path / "no.csv"), str(tmp_path / "vacio.csv"), sales]

    told = objects(*names)

    assert [each["file"] for each in told] == names
    assert [each.get("error", {}).get("code") for each in told] == [
        "unreadable_file",
        "empty_file",
        None,
    ]


def test_a_file_without_a_header_names_no_columns(tmp_path: Path) -> None:
    (tmp_path / "n.csv").write_text("1;2\n3;4\n", encoding="utf-8")

    (told,) = objects(str(tmp_path / "n.csv"))

    assert (told["header_line"], told["header"]) == (0, [])
    assert told["records"] == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize(("limit", "count"), [("0", 30), ("1", 1), ("99", 30)])
def test_a_limit_bounds_the_records(tmp_path: Path, limit: str, count: int) -> None:
    (tmp_path / "n.csv").write_text("a;b\n" + "1;2\n" * 30, encoding="utf-8")

    (told,) = objects(str(tmp_path / "n.csv"), "--limit", limit)

    assert len(told["records"]) == count


def test_a_negative_limit_is_refused(sales: str) -> None:
    with pytest.raises(CommandError, match="--limit must be 0 or more"):
        printed(sales, "--limit", "-1")


def test_people_see_the_same(sales: str, tmp_path: Path) -> None:
    text = printed(sales, str(tmp_path / "no.csv"))

    assert '  encoding: "utf-16-le" (1.00: byte order mark)' in text
    assert '  delimiter: ";" (' in text
    assert "  header_line: 1 (1.00: known names)" in text
    assert '  ["05-01-2024", "10"]' in text
    assert "  rejected: line 3, byte 54: too_many_fields: 06-01-2024 | 20 | x" in text
    assert "  refused: unreadable_file: " in text


def test_the_limits_are_those_of_the_settings(
    sales: str, settings: LazySettings
) -> None:
    settings.AYNI_READ_MAX_COLUMNS = 1

    (told,) = objects(sales)

    assert told["error"]["code"] == "too_many_columns"
