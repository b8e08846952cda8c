"""The page of a review: how a file is cut, told in words or written, and wide files."""

import pytest
from charset_normalizer.constant import IANA_SUPPORTED
from django.test import Client

from accounts.models import Company
from dashboard import encodings
from processing.pipeline.encoding import _canonical
from tests.dashboard import making
from tests.dashboard.test_review_page import COLUMNS, CONTENT, address
from uploads.answers import Reading
from uploads.models import Upload
from uploads.services.previews import PreviewMade, keep_preview

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload(company: Company) -> Upload:
    return making.an_upload(
        company,
        status="needs_review",
        error_code="columns_unclear",
        attempts=1,
        dialect=making.DIALECT,
    )


@pytest.mark.parametrize(
    ("written", "meant"), [("§", "§"), ("||", "||"), (r"\t", "\t"), (" ", " ")]
)
def test_a_delimiter_may_be_written(
    client: Client, upload: Upload, written: str, meant: str
) -> None:
    keep_preview(upload.pk, Reading(delimiter=meant), PreviewMade(content=CONTENT))

    answer = client.post(
        address(upload), {"delimiter": ";", "delimiter_other": written}
    )
    again = client.post(address(upload), {"delimiter": meant, "delimiter_other": ""})

    for one in (answer, again):
        assert one.context["asked"].reading == Reading(delimiter=meant)
        assert 'data-state="shown"' in one.content.decode()
        chosen = [o.value for o in one.context["offers"]["delimiter"] if o.is_chosen]
        assert chosen == [meant]


@pytest.mark.parametrize("written", ["x", "1", '"', "a;", "  ", ";" * 9])
def test_what_cannot_be_a_delimiter_is_told_so_and_loads_nothing(
    client: Client, upload: Upload, written: str
) -> None:
    html = client.post(
        address(upload), {"delimiter_other": written, "do": "load"}
    ).content.decode()

    assert "Un separador es de uno a ocho signos" in html
    assert 'aria-invalid="true"' in html
    upload.refresh_from_db()
    assert upload.status == "needs_review"


def test_every_encoding_that_may_be_found_may_be_chosen(
    client: Client, upload: Upload
) -> None:
    found = {_canonical(name) for name in IANA_SUPPORTED}
    assert found == {_canonical(name) for name in encodings.ALL}
    assert len(encodings.ALL) == len(set(encodings.ALL))
    keep_preview(upload.pk, Reading(encoding="cp1250"), PreviewMade(content=CONTENT))

    html = client.post(address(upload), {"encoding": "cp1250"}).content.decode()

    assert '<option value="cp1250" selected>' in html
    assert all(f'<option value="{name}"' in html for name in encodings.ALL)


def test_columns_beyond_the_first_hundred_are_reached_and_nothing_said_is_lost(
    client: Client, upload: Upload
) -> None:
    names = [f"c{index}" for index in range(250)]
    columns = [
        {**COLUMNS[5], "index": index, "header": name}
        for index, name in enumerate(names)
    ]
    wide = {**CONTENT, "columns": columns, "matched": columns, "column_count": 250}
    wide["records"] = [{"line": 2, "cells": names}]
    keep_preview(upload.pk, Reading(delimiter="|"), PreviewMade(content=wide))
    cut = {"delimiter": "|", "cut": "delimiter='|'"}

    first = client.post(address(upload), {**cut, "field-3": "stock", "from": "100"})
    html = first.content.decode()
    second = client.post(
        address(upload),
        {**cut, "field-3": "stock", "field-130": "margin", "from": "9999"},
    )

    assert [row.header for row in first.context["rows"]] == names[100:200]
    assert '<input type="hidden" name="field-3" value="stock">' in html
    assert "<td>c100</td>" in html
    assert "<td>c99</td>" not in html
    assert [row.header for row in second.context["rows"]] == names[200:]
    kept = {choice.index: choice.field for choice in second.context["kept"]}
    assert kept == {3: "stock", 130: "margin"}
