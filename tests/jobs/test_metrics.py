"""What Prometheus is told equals what the tables say."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import yaml
from django.utils import timezone

from ayni.localstack.keeper import ROOT
from jobs import settle
from jobs.errors import WorkerLostError
from jobs.exposition import Family, Kind, Sample, histogram, render
from jobs.failures import failure_without_stack
from jobs.lag import sweep_lag_seconds
from jobs.leader import Leadership
from jobs.metrics import families, metrics
from jobs.models import Attempt, Job, Worker
from jobs.pause import pause
from jobs.states import State
from tests.jobs.conftest import MakeClaim

INFINITE = float("inf")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
SUFFIXES = {
    Kind.GAUGE: ("",),
    Kind.COUNTER: ("",),
    Kind.HISTOGRAM: ("_bucket", "_sum", "_count"),
}
WHO = 'queue="scales",actor="weigh"'


def job(**values: Any) -> Job:
    return Job.objects.create(**{"actor": "weigh", "queue": "scales", **values})


def attempt(*, waited: float, ran: float, outcome: str = "succeeded") -> Attempt:
    """One that ended just now, of a job of its own."""
    now = timezone.now()
    started = now - timedelta(seconds=ran)
    return Attempt.objects.create(
        job=job(state=State.SUCCEEDED, finished_at=now),
        number=1,
        worker="shop:1",
        due_at=started - timedelta(seconds=waited),
        started_at=started,
        ended_at=now,
        outcome=outcome,
    )


def test_figures_are_written_as_prometheus_reads_them() -> None:
    samples = (Sample(value=2, labels={"of": 'a"b\\c\nd'}), Sample(value=0.5))

    text = render([Family(name="apples", meaning="How many.", samples=samples)])

    assert text.splitlines() == [
        "# HELP apples How many.",
        "# TYPE apples gauge",
        r'apples{of="a\"b\\c\nd"} 2',
        "apples 0.5",
    ]


def test_a_family_without_figures_is_left_out() -> None:
    assert render([Family(name="apples", meaning="", samples=())]) == ""


def test_buckets_hold_those_below_them_and_old_bounds_keep_their_place() -> None:
    samples = histogram(
        {0.5: 1, 3: 2, INFINITE: 3}, bounds=(0.5, 10), total=70, labels={}
    )

    assert [(each.suffix, each.labels.get("le"), each.value) for each in samples] == [
        ("_bucket", "0.5", 1),
        ("_bucket", "3", 3),
        ("_bucket", "10", 3),
        ("_bucket", "+Inf", 6),
        ("_sum", None, 70),
        ("_count", None, 6),
    ]


@pytest.mark.django_db
def test_queues_and_workers_are_told_as_they_are() -> None:
    job(run_at=timezone.now() - timedelta(seconds=40))
    job(state=State.FAILED)
    job(state=State.SUCCEEDED)
    pause("scales")
    Worker.objects.create(
        id=uuid.uuid4(), host="shop", pid=1, threads=1, queues=["scales"]
    )

    lines = metrics().splitlines()

    assert f'ayni_jobs{{{WHO},state="queued"}} 1' in lines
    assert f'ayni_jobs{{{WHO},state="failed"}} 1' in lines
    assert 'ayni_jobs_queue_paused{queue="scales"} 1' in lines
    assert 'ayni_jobs_queue_workers{queue="scales"} 1' in lines
    [age] = [line for line in lines if "oldest_waiting_seconds{" in line]
    assert float(age.split()[-1]) == pytest.approx(40, abs=5)


@pytest.mark.django_db
def test_times_of_attempts_are_told_by_buckets() -> None:
    attempt(waited=2, ran=0.02)
    attempt(waited=2, ran=100)

    lines = metrics().splitlines()

    assert "# TYPE ayni_jobs_wait_seconds histogram" in lines
    assert f'ayni_jobs_wait_seconds_bucket{{{WHO},le="1"}} 0' in lines
    assert f'ayni_jobs_wait_seconds_bucket{{{WHO},le="5"}} 2' in lines
    assert f"ayni_jobs_wait_seconds_sum{{{WHO}}} 4" in lines
    assert f'ayni_jobs_run_seconds_bucket{{{WHO},le="0.05"}} 1' in lines
    assert f'ayni_jobs_run_seconds_bucket{{{WHO},le="+Inf"}} 2' in lines
    assert f"ayni_jobs_run_seconds_count{{{WHO}}} 2" in lines


def test_retries_and_lost_workers_are_told(make_claim: MakeClaim) -> None:
    claim = make_claim()
    failure = failure_without_stack(WorkerLostError(how="gone"))
    settle.fail(claim.job_id, token=claim.token, failure=failure)

    lines = metrics().splitlines()

    assert "# TYPE ayni_jobs_attempts_total counter" in lines
    assert f'ayni_jobs_attempts_total{{{WHO},outcome="retried"}} 1' in lines
    assert f"ayni_jobs_leases_expired_total{{{WHO}}} 1" in lines


@pytest.mark.django_db
@pytest.mark.parametrize(
    "overdue",
    [
        {"state": State.SCHEDULED, "run_at": LONG_AGO},
        {"state": State.RUNNING, "lease_expires_at": LONG_AGO},
        {"state": State.QUEUED, "run_at": LONG_AGO},
    ],
    ids=["not queued", "lease ran out", "not sent"],
)
def test_what_waits_for_the_scheduler_is_its_lag(overdue: dict[str, Any]) -> None:
    job(state=State.QUEUED, sent_at=timezone.now(), run_at=LONG_AGO)
    job(state=State.SCHEDULED, waits_for=1, run_at=LONG_AGO)
    assert sweep_lag_seconds() == 0

    job(**overdue)

    age = timezone.now().timestamp() - LONG_AGO.timestamp()
    assert sweep_lag_seconds() == pytest.approx(age, abs=10)


@pytest.mark.django_db
def test_whether_a_scheduler_leads_is_told() -> None:
    leadership = Leadership()
    assert "ayni_jobs_scheduler_leads 0" in metrics().splitlines()

    assert leadership.is_held()

    assert "ayni_jobs_scheduler_leads 1" in metrics().splitlines()
    leadership.give_up()


def test_every_figure_of_the_sample_alerts_is_there(db: None) -> None:
    """docs/operations.md shows rules; Prometheus tells nobody of a name it has not."""
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```yaml\n(groups:.*?)```", text, flags=re.DOTALL)
    rules = [
        rule for group in yaml.safe_load(block)["groups"] for rule in group["rules"]
    ]

    told = {
        family.name + suffix
        for family in families()
        for suffix in SUFFIXES[family.kind]
    }

    assert len(rules) >= 6
    for rule in rules:
        named = set(re.findall(r"ayni_\w+", rule["expr"]))
        assert named
        assert named <= told
        assert rule["annotations"]["summary"]
