"""The page about refusals says what the catalogue says: no more, no less."""

import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from processing.management.commands.render_rejects import render
from processing.pipeline.rejects import CODES, Severity

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rejects.md"
RENDER = "python manage.py render_rejects > docs/rejects.md"


def test_the_page_is_what_the_catalogue_renders_to() -> None:
    assert PAGE.read_text(encoding="utf-8") == render(), f"run: {RENDER}"


def test_the_command_prints_the_page() -> None:
    printed = io.StringIO()

    call_command("render_rejects", stdout=printed)

    assert printed.getvalue() == render()


@pytest.mark.parametrize("code", CODES)
def test_a_code_has_its_meaning_its_example_and_what_to_do(code: str) -> None:
    entry = CODES[code]
    lines = [line for line in render().splitlines() if line.startswith(f"| `{code}` |")]

    english, spanish = lines
    assert all(t in english for t in (entry.english, entry.advice_english))
    assert f"`{entry.example}`" in english.replace("\\|", "|")
    assert all(t in spanish for t in (entry.spanish, entry.advice_spanish))


def test_what_lands_is_told_apart_from_what_does_not() -> None:
    _, refused, remarked, _ = render().split("\n## ")

    for part, severity in ((refused, Severity.REJECT), (remarked, Severity.WARNING)):
        codes = set(re.findall(r"^\| `(\w+)`", part, re.MULTILINE))
        assert codes == {c for c, e in CODES.items() if e.severity is severity}
