"""The page about refusals says what the catalogue says: no more, no less."""

import dataclasses
import io
import re
from pathlib import Path

import pytest
from django.core.management import call_command

from processing.management.commands.render_rejects import (
    HEADER,
    REMARKED_HEADER,
    render,
)
from processing.pipeline.batches import ReadOptions
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.reader import read_batches, understand
from processing.pipeline.rejects import CODES, REFUSALS, Severity
from processing.pipeline.remarks import Remark
from tests.processing.pipeline.files import hints, read, stored

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


# A cell that is too long stands shortened on the page, so its own length is lowered.
LIMITS = dataclasses.replace(DEFAULT_LIMITS, field_bytes=8)


def as_written(example: str) -> bytes:
    """Return the bytes of an example, in which odd ones are spelled out."""
    text = re.sub(r"\\x(\w\w)", lambda m: chr(int(m[1], 16)), example)
    return text.encode("latin-1" if "\x81" in text else "utf-8")


@pytest.mark.parametrize("code", REFUSALS)
def test_the_example_of_a_refusal_is_refused_for_it(tmp_path: Path, code: str) -> None:
    path = tmp_path / "sales.csv"
    good = b"\n05-03-2024;B-17;A1;2;1.990,5\n"
    path.write_bytes(HEADER.encode() + good + as_written(CODES[code].example) + good)
    limits = LIMITS if code == "field_too_long" else DEFAULT_LIMITS

    told = hints(encoding="utf-8", delimiter=";")
    understanding = understand(path, told, DEFAULT_LIMITS)
    batches = read_batches(path, understanding, ReadOptions(limits=limits))

    codes = [reject.code for batch in batches for reject in batch.rejects]
    assert set(codes) == {code}


@pytest.mark.parametrize(
    "code", [c for c, entry in CODES.items() if entry.severity is Severity.WARNING]
)
def test_the_example_of_a_remark_lands_and_is_counted(
    tmp_path: Path, code: str
) -> None:
    good = "05-03-2024;B-17;A1;2;1.990,5;995,25"
    lines = (REMARKED_HEADER, good, CODES[code].example, good, "")
    path = stored(tmp_path, "\n".join(lines))

    (batch,) = read(path).batches

    assert batch.accepted == 3
    assert batch.stats.remarks == {code: Remark(rows=1, lines=(3,))}
