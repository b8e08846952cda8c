"""Files of others that once broke a reader, where they are found beside the checkout.

``docs/reading.md`` names the ones whose expectation we do not share, and why.
"""

import contextlib
import datetime as dt
import importlib.util
import signal
import warnings
from pathlib import Path
from typing import Any

import pytest

from processing.pipeline.errors import FileError
from processing.pipeline.findings import Hints
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.pipeline.preview import ALL, preview
from tests.processing.pipeline.files import read

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
FUZZ_SECONDS = 10
LEAST_EXACT = 0.92
LEAST_RECORD_F1 = 0.95

pytestmark = pytest.mark.skipif(
    not (CORPUS / "score.py").is_file(), reason="the corpus is not beside the checkout"
)


def table_of(path: str) -> list[list[str]]:
    """Return the header, if there is one, and the records, as the scorer wants them."""
    hints = Hints(today=dt.date(2024, 6, 15))
    shown = preview(Path(path), hints, DEFAULT_LIMITS, records=ALL)
    header = shown.structure.header.cells
    return [*([list(header)] if header else []), *map(list, shown.records)]


@pytest.fixture(scope="module")
def scores() -> list[dict[str, Any]]:
    spec = importlib.util.spec_from_file_location("score", CORPUS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    alarm = signal.getsignal(signal.SIGALRM)
    with warnings.catch_warnings():
        # The scorer, which is not ours, leaves it to Python to close its files.
        warnings.simplefilter("ignore", ResourceWarning)
        found: list[dict[str, Any]] = scorer.run(table_of, FUZZ_SECONDS)
    signal.signal(signal.SIGALRM, alarm)
    return found


def test_every_file_is_read_as_expected_or_named_with_a_reason(
    scores: list[dict[str, Any]],
) -> None:
    page = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")

    assert [s["id"] for s in scores if not s["exact"] and s["id"] not in page] == []


def test_the_whole_corpus_clears_the_bars(scores: list[dict[str, Any]]) -> None:
    told = [score for score in scores if "recf1" in score]

    assert sum(score["exact"] for score in told) >= LEAST_EXACT * len(told)
    assert sum(score["recf1"] for score in told) >= LEAST_RECORD_F1 * len(told)


def test_reading_any_of_the_files_loses_no_record() -> None:
    # That nothing is lost is watched wherever a file is read (conservation.py).
    for path in sorted(path for path in CORPUS.rglob("*.csv") if path.is_file()):
        with contextlib.suppress(FileError):
            read(path)


def test_every_file_comes_to_an_end(scores: list[dict[str, Any]]) -> None:
    assert [s["id"] for s in scores if s["err"] == "timeout"] == []


def test_no_file_that_can_be_read_is_refused(scores: list[dict[str, Any]]) -> None:
    assert [s["id"] for s in scores if s["kind"] == "rows" and s["err"]] == []


def test_files_that_are_refused_are_refused_with_a_code(
    scores: list[dict[str, Any]],
) -> None:
    refused = [s["err"] for s in scores if s["err"]]

    assert all(error.startswith(f"{FileError.__name__}: ") for error in refused)
