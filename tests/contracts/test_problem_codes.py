import inspect
import re
from pathlib import Path
from types import ModuleType

import accounts.errors
import uploads.errors
from accounts.api.errors import BY_STATUS
from accounts.errors import ProblemError

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "api.md"
ROW = re.compile(r"^\| `(\w+)` \| (\d{3}) \| (.+) \|$", re.MULTILINE)


def problems_of(module: ModuleType) -> set[tuple[str, int]]:
    return {
        (value.code, value.http_status)
        for _, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, ProblemError) and value.code
    }


def test_the_table_of_codes_holds_every_code_and_no_other() -> None:
    rows = ROW.findall(DOCUMENT.read_text(encoding="utf-8"))
    general = {(code, status) for status, (code, _) in BY_STATUS.items()}

    documented = {(code, int(status)) for code, status, _ in rows}

    assert documented == general | {("invalid_request", 400)} | problems_of(
        accounts.errors
    ) | problems_of(uploads.errors)
    assert len(rows) == len(documented)


def test_the_codes_of_general_problems_are_nobody_elses() -> None:
    general = {code for code, _ in BY_STATUS.values()} | {"invalid_request"}
    own = problems_of(accounts.errors) | problems_of(uploads.errors)

    assert general & {code for code, _ in own} == set()
