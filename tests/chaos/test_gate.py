"""The merge gate: what a change must pass of ``make chaos``, a test for each case.

The campaign runs once, in a process of its own: it points Django at its own stack.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.chaos.cases import CASES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("chaos"),
    # The first test waits for the whole campaign: four minutes on a machine of its own.
    pytest.mark.timeout(1200),
]
NAMES = [case.name for case in CASES if case.gate_rounds]


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    report = tmp_path_factory.mktemp("chaos") / "gate.json"
    said = _campaign(report)
    assert report.exists(), f"the campaign broke off: {said[-2000:]}"
    cases = json.loads(report.read_text(encoding="utf-8"))["cases"]
    return {case["name"]: case for case in cases}


def _campaign(report: Path) -> str:
    command = [sys.executable, "-m", "tests.chaos", "--gate", "--out", str(report)]
    said = report.with_suffix(".log")
    with said.open("w") as log:
        subprocess.run(command, check=False, stdout=log, stderr=subprocess.STDOUT)
    return said.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_invariant_holds_after_the_fault(
    verdicts: dict[str, dict[str, Any]], name: str
) -> None:
    verdict = verdicts[name]
    assert verdict["broken"] == []
    # A fault may come too late on a busy machine, but not each time.
    assert verdict["struck"] > 0
