"""A file that raised a question, and the next file like it, which raises none."""

from pathlib import Path
from typing import Any

import pytest

from ayni.localstack.stack import Stack
from tests.flows.client import TERMINAL, Shop, open_shop, until

pytestmark = [pytest.mark.slow]
HEADER = "Fecha;Boleta;Ref.;Cantidad;Cobro X"


def a_file(folder: Path, name: str, *, receipt: str) -> Path:
    path = folder / name
    path.write_text(f"{HEADER}\n05-01-2026;{receipt};A;2;1.990\n", encoding="utf-8")
    return path


def seen(shop: Shop, upload_id: str) -> dict[str, Any]:
    def shown() -> dict[str, Any] | None:
        with shop.api as api:
            answer = api.get(f"/uploads/{upload_id}/preview/")
        assert answer.status_code in {200, 202}, answer.text
        return answer.json() if answer.status_code == 200 else None

    return until(shown, seconds=10, what="a preview")


def test_a_person_answers_once_and_is_not_asked_again(
    stack: Stack, tmp_path: Path
) -> None:
    shop = open_shop(stack.base_url, stack.database_url)
    first = shop.upload(a_file(tmp_path, "uno.csv", receipt="B1"))["id"]
    assert shop.reach(first, TERMINAL)["status"] == "needs_review"
    preview = seen(shop, first)
    assert preview["columns"][4]["samples"] == ["1.990"]
    body = {
        "attempt": preview["attempt"],
        "columns": [{"index": 4, "field": "price_total"}],
    }

    with shop.api as api:
        assert api.post(f"/uploads/{first}/review/", json=body).status_code == 202
    landed = shop.reach(first, {"completed"})
    second = shop.upload(a_file(tmp_path, "dos.csv", receipt="B2"))["id"]

    assert landed["rows_inserted"] == 1
    state = shop.reach(second, TERMINAL)
    assert state["status"] == "completed"
    reasons = [column["reason"] for column in state["dialect"]["columns"]]
    assert reasons[2] == reasons[4] == "learnt"
