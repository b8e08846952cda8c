import dataclasses
import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks.report import (
    Correction,
    Measured,
    Pair,
    content_of,
    lines_of,
    show,
    write_json,
)

REPAIRED = Correction(
    rows=100_000, file_seconds=10.0, seconds=8.0, child_megabytes=400.0
)


def measured(**changes: object) -> Measured:
    values: dict[str, object] = {
        "rows": 1_000_000,
        "file_bytes": 100_000_000,
        "pairs": (
            Pair(ours=10.0, raw_copy=6.0, old_way=25.0),
            Pair(ours=12.0, raw_copy=8.0, old_way=24.0),
            Pair(ours=30.0, raw_copy=5.0, old_way=50.0),
        ),
        "old_way_rows": 100_000,
        "child_megabytes": 400.0,
        "start_ms": (4.0,) * 300,
        "daily": ((1.1, 1.0),) * 12,
        "correction": REPAIRED,
        **changes,
    }
    return Measured(**values)  # type: ignore[arg-type]


def test_the_ratio_is_the_median_of_pairs_so_that_one_bad_run_decides_nothing() -> None:
    lines = {line.name: line.value for line in lines_of(measured())}

    assert lines["ours / raw COPY"] == pytest.approx(10 / 6)
    assert lines["ours / the old way"] == pytest.approx(10 * 24 / 12)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        (
            {"pairs": (Pair(ours=13.0, raw_copy=6.0, old_way=25.0),)},
            "ours / raw COPY",
        ),
        (
            {"pairs": (Pair(ours=10.0, raw_copy=6.0, old_way=14.9),)},
            "ours / the old way",
        ),
        ({"child_megabytes": 700.1}, "peak memory of the child"),
        (
            {"daily": ((1.3, 1.0),) * 12},
            "a small file beside 1,000,000 rows / in a new shop",
        ),
        (
            {"correction": dataclasses.replace(REPAIRED, seconds=10.1)},
            "100,000 rows repaired / their file",
        ),
        (
            {"correction": dataclasses.replace(REPAIRED, child_megabytes=700.1)},
            "peak memory of the child, repairing",
        ),
        ({"start_ms": (11.0,) * 300}, "enqueue to start, p50"),
        ({"start_ms": (4.0,) * 290 + (60.0,) * 10}, "enqueue to start, p99"),
    ],
)
def test_each_bar_can_be_missed_and_is_then_named(
    changes: dict[str, object], name: str
) -> None:
    missed = [line.name for line in lines_of(measured(**changes)) if not line.is_met]

    assert missed == [name]


def test_the_report_says_whether_every_bar_is_met() -> None:
    console = Console(file=io.StringIO(), width=120)

    assert show(console, lines_of(measured()), title="met")
    assert not show(console, lines_of(measured(child_megabytes=900.0)), title="missed")


def test_what_was_measured_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "build" / "bench.json"

    write_json(path, content_of(measured()))

    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["measured"]["rows"] == 1_000_000
    assert len(content["report"]) == len(lines_of(measured()))
