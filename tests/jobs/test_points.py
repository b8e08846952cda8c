"""Points are for those who try the program out; in the program nobody stands there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from jobs import points
from tests.jobs.conftest import MakeClaim

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def seen() -> Iterator[list[str]]:
    names: list[str] = []
    points.watch(names.append)
    yield names
    points._watches.remove(names.append)


def test_whoever_watches_is_told_in_order(seen: list[str]) -> None:
    points.reach("one")
    points.reach("other")

    assert seen == ["one", "other"]


@pytest.mark.django_db
def test_the_fence_is_between_its_points(
    make_claim: MakeClaim, seen: list[str]
) -> None:
    claim = make_claim()

    with transaction.atomic():
        claim.current_job.hold()

    assert seen == ["before_fence", "before_commit"]


def test_nothing_that_is_shipped_watches_a_point() -> None:
    shipped = (
        path
        for folder in ROOT.iterdir()
        if folder.is_dir() and folder.name not in {".venv", "build", "tests", "var"}
        for path in folder.rglob("*.py")
    )

    assert [path for path in shipped if "points.watch(" in path.read_text()] == []
