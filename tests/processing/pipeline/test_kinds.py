import pytest

from processing.pipeline.errors import FileError
from processing.pipeline.kinds import NOT_TEXT, Kind, kind_of


@pytest.mark.parametrize(("magic", "found", "code"), NOT_TEXT)
def test_what_is_not_text_is_called_by_its_name(
    magic: bytes, found: str, code: str
) -> None:
    with pytest.raises(FileError, match=found) as caught:
        kind_of(magic + b"anything")

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("head", "code", "says"),
    [
        pytest.param(b"<html><table>", "other_workbook", "web page", id="HTML"),
        pytest.param(
            b"\xef\xbb\xbf\r\n <!DOCTYPE html>", "other_workbook", "web", id="doctype"
        ),
        pytest.param(b"<table border=1>", "other_workbook", "web page", id="table"),
        pytest.param(b"<!-- x -->\n<HTML>", "other_workbook", "web", id="comment"),
        pytest.param(
            "<html xmlns:o".encode("utf-16"), "other_workbook", "web", id="UTF-16"
        ),
        pytest.param(b'<?xml version="1.0"?>', "other_workbook", "XML", id="XML 2003"),
        pytest.param(b'{"ventas": [1]}', "not_csv", "JSON", id="object"),
        pytest.param(b'[\n  {"fecha": 1}', "not_csv", "JSON", id="list of objects"),
        pytest.param(b"[[1, 2]]", "not_csv", "JSON", id="list of lists"),
    ],
)
def test_what_is_written_for_programs_is_no_table(
    head: bytes, code: str, says: str
) -> None:
    with pytest.raises(FileError, match=says) as caught:
        kind_of(head)

    assert caught.value.code == code


@pytest.mark.parametrize("found", ["as .xlsx or as CSV"])
def test_the_refusal_of_another_workbook_says_what_to_save(found: str) -> None:
    with pytest.raises(FileError, match=found):
        kind_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


@pytest.mark.parametrize(
    "head",
    [
        b"Fecha;Total\n",
        b"<5;>7\n",
        b"{a};b\n",
        b"[1];2\n",
        b'"{""a"": 1}",2\n',
        b"",
        b"\x00\x00",
        "Año;Total".encode("utf-16"),
        b"PK;1\n",
        b"II;1\n",
    ],
)
def test_text_is_taken_for_text(head: bytes) -> None:
    assert kind_of(head) is Kind.PLAIN
