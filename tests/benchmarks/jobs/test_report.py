from typing import Any

import pytest

from benchmarks.jobs.report import Aged, JobsMeasured, Round, lines_of


def a_round(*, ours: float = 500.0, wait_ms: float = 6.0) -> Round:
    return Round(
        rates={"ours": ours, "plain Dramatiq": 1_000.0, "Celery": 600.0},
        waits_ms={
            "ours": (wait_ms,) * 100,
            "plain Dramatiq": (4.0,) * 100,
            "Celery": (3.0,) * 100,
        },
    )


def aged(**changes: Any) -> Aged:
    values: dict[str, Any] = {
        "finished": 1_000_000,
        "waiting": 10_000,
        "claim_ms": (3.0,) * 100,
        "sweep_ms": (50.0, 60.0, 900.0),
        "list_ms": {"queues": 20.0, "failures": 90.0},
    }
    return Aged(**{**values, **changes})


def measured(**changes: Any) -> JobsMeasured:
    values: dict[str, Any] = {
        "rounds": (a_round(ours=450.0), a_round(), a_round(ours=10.0)),
        "single_waits": (0.2, 0.4),
        "crowd_job_seconds": 0.25,
        "aged": aged(),
    }
    return JobsMeasured(**{**values, **changes})


def missed(**changes: Any) -> set[str]:
    return {line.name for line in lines_of(measured(**changes)) if not line.is_met}


def test_one_bad_round_decides_nothing() -> None:
    values = {line.name: line.value for line in lines_of(measured())}

    assert values["no-op jobs, ours"] == 450.0
    assert values["ours / plain Dramatiq, jobs/s"] == pytest.approx(0.45)
    assert values["ours / plain Dramatiq, p99"] == pytest.approx(1.5)
    assert values["pass of the sweep"] == 60.0
    assert values["slowest list (failures)"] == 90.0
    assert missed() == set()


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"rounds": (a_round(ours=390.0),)}, {"no-op jobs, ours"}),
        (
            {"rounds": (a_round(ours=300.0),)},
            {"no-op jobs, ours", "ours / plain Dramatiq, jobs/s"},
        ),
        (
            {"rounds": (a_round(wait_ms=13.0),)},
            {
                "enqueue to start, ours, p50",
                "ours / plain Dramatiq, p50",
                "ours / plain Dramatiq, p99",
            },
        ),
        (
            {"single_waits": (0.1, 1.3)},
            {"one job beside 1,000 of another tenant, longest wait"},
        ),
        (
            {"aged": aged(claim_ms=(1.0,) * 90 + (11.0,) * 10)},
            {"claim, p99, 1,000,000 ended and 10,000 waiting"},
        ),
        ({"aged": aged(sweep_ms=(201.0,))}, {"pass of the sweep"}),
        ({"aged": aged(list_ms={"queues": 151.0})}, {"slowest list (queues)"}),
    ],
)
def test_each_bar_can_be_missed(changes: dict[str, Any], names: set[str]) -> None:
    assert missed(**changes) == names
