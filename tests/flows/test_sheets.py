"""Choosing the sheet of a workbook, through the API and real processes."""

from pathlib import Path

import pytest

from ayni.localstack.stack import Stack
from tests.flows.client import TERMINAL, open_shop
from tests.processing.pipeline.workbooks import header, row, sale, sheet, text, workbook

pytestmark = [pytest.mark.slow, pytest.mark.flow]


def test_the_sheet_that_is_asked_for_lands_and_a_wrong_one_is_answered_with_all(
    stack: Stack, tmp_path: Path
) -> None:
    shop = open_shop(stack.base_url, stack.database_url)
    path = workbook(
        tmp_path,
        sheet(row(text("Informe")), row(text("de ventas"))),
        sheet(header(), sale("F1"), sale("F2")),
        sheet(header(), sale("M1")),
        names=("Portada", "Febrero", "Marzo"),
    )

    by_name = shop.upload(path, sheet="febrero")["id"]
    by_number = shop.upload(path, sheet="3", force="true")["id"]
    wrong = shop.upload(path, sheet="Abril", force="true")["id"]

    assert shop.reach(by_name, TERMINAL)["rows_inserted"] == 2
    landed = shop.reach(by_number, TERMINAL)
    assert (landed["rows_inserted"], landed["dialect"]["sheet"]) == (1, "Marzo")
    failed = shop.reach(wrong, TERMINAL)
    assert (failed["status"], failed["error_code"]) == ("failed", "unknown_sheet")
    assert "it has Portada, Febrero, Marzo" in failed["error_message"]
