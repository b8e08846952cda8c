"""Documents name files that exist, and lead where they say."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("docs/decisions/*.md")]
)
NAMED = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|html|css|js|md))`")
LINKED = re.compile(r"\]\((?!https?:)([^)#]+)")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_there_are_documents() -> None:
    assert {"README.md", "docs/architecture.md"} <= set(map(name_of, DOCUMENTS))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_file_that_is_named_exists(document: Path) -> None:
    named = set(NAMED.findall(document.read_text(encoding="utf-8")))

    assert sorted(path for path in named if not (ROOT / path).exists()) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    linked = set(LINKED.findall(document.read_text(encoding="utf-8")))

    assert (
        sorted(path for path in linked if not (document.parent / path).exists()) == []
    )


def test_decisions_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted(ROOT.glob("docs/decisions/*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/decisions/*.md")), ids=name_of)
def test_a_decision_says_when_why_what_and_what_follows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    headings = re.findall(r"^## (\w+)$", text, re.MULTILINE)
    assert headings == ["Context", "Decision", "Consequences"]
    assert re.search(r"^2\d{3}-\d\d-\d\d, (accepted|superseded)", text, re.MULTILINE)
