"""What a case must not leave behind: sessions, staging tables, files, processes (I11).

A stack that has come to rest is compared with itself before the first case.
"""

import dataclasses
from collections import deque
from collections.abc import Iterator, Mapping

import psutil

from ayni.localstack.programs import SCHEDULER, WEB, WORKERS
from ayni.localstack.waiting import wait_until
from tests.chaos.database import Asked
from tests.chaos.ground import Stage
from tests.chaos.signals import children_of

# Workers that were killed are started again meanwhile, on a busy machine slowly.
REST_SECONDS = 60.0
# Fifty looks a second: three seconds without a change.
STILL_LOOKS = 150
# Sessions live on for a minute after their last use, and differ by what was asked.
SPARE_SESSIONS = 25
# What a program keeps once it has worked for the first time, in MB: Python gives little
# back. Children of workers have a limit of their own, at which they are replaced.
SPARE_MB = {WEB: 100, SCHEDULER: 60, WORKERS: 150}
STAGING_TABLES = """
    SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relname LIKE 'ayni%%'
        AND relkind = 'r'
"""
OPEN_TRANSACTIONS = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
        AND state LIKE 'idle in transaction%%'
        AND state_change < clock_timestamp() - interval '2 s'
"""
SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
OPEN_JOBS = "SELECT count(*) FROM jobs_job WHERE state = 'running'"
STORED = "SELECT stored_name FROM uploads_upload WHERE deleted_at IS NULL"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A stack at rest.

    ``workers`` are their processes, and ``children`` the processes that these started.
    """

    staging_tables: int
    open_transactions: int
    running_jobs: int
    sessions: int
    workers: int
    children: int
    stray_files: int
    resident_mb: Mapping[str, int]


def at_rest(stage: Stage) -> Rest:
    """Return what there is once no process comes or goes any more."""
    counts: deque[tuple[int, int]] = deque(maxlen=STILL_LOOKS)

    def is_still() -> bool:
        counts.append(_processes(stage))
        return len(counts) == STILL_LOOKS and len(set(counts)) == 1

    wait_until(is_still, seconds=REST_SECONDS)
    return _now(stage)


def _now(stage: Stage) -> Rest:
    database = stage.database
    workers, children = _processes(stage)
    return Rest(
        staging_tables=_count(database, STAGING_TABLES),
        open_transactions=_count(database, OPEN_TRANSACTIONS),
        running_jobs=_count(database, OPEN_JOBS),
        sessions=_count(database, SESSIONS),
        workers=workers,
        children=children,
        stray_files=_stray_files(stage),
        resident_mb={name: _resident_mb(stage, name) for name in SPARE_MB},
    )


def left_behind(stage: Stage, *, before: Rest) -> tuple[str, ...]:
    """Return a sentence for each thing that is still there after a while."""
    if wait_until(lambda: not any(_more(stage, before)), seconds=REST_SECONDS):
        return ()
    return tuple(_more(stage, before))


def _more(stage: Stage, before: Rest) -> Iterator[str]:
    now = _now(stage)
    for name in ("staging_tables", "open_transactions", "running_jobs", "stray_files"):
        if count := getattr(now, name):
            yield f"I11 {count} {name.replace('_', ' ')} are left"
    if now.sessions > before.sessions + SPARE_SESSIONS:
        yield f"I11 {now.sessions} sessions; there were {before.sessions}"
    if now.workers != before.workers:
        yield f"I11 {now.workers} workers; there were {before.workers}"
    # One that dies while it has nothing to do is followed when there is something.
    if now.children > before.children:
        yield f"I11 {now.children} children of workers; there were {before.children}"
    for name, spare in SPARE_MB.items():
        was, grown = before.resident_mb[name], now.resident_mb[name]
        if grown > was + spare:
            yield f"I11 {name} takes {grown} MB; it took {was}"


def _resident_mb(stage: Stage, name: str) -> int:
    """Return what a program takes, the worker processes too, but not their children."""
    try:
        root = psutil.Process(stage.stack.pids[name])
        family = [root, *root.children()]
        return int(sum(each.memory_info().rss for each in family) / 1_000_000)
    except (KeyError, psutil.NoSuchProcess):
        return 0


def _count(database: Asked, query: str) -> int:
    row = database.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def _processes(stage: Stage) -> tuple[int, int]:
    """Return how many workers there are, and how many children of theirs."""
    workers = children_of(stage.stack.pids.get(WORKERS))
    return len(workers), sum(len(children_of(pid)) for pid in workers)


def _stray_files(stage: Stage) -> int:
    """Count files that no upload knows of, half arrived ones included."""
    folder = stage.stack.folder / "uploads"
    known = {name for (name,) in stage.database.execute(STORED).fetchall()}
    return sum(path.is_file() and path.name not in known for path in folder.rglob("*"))
