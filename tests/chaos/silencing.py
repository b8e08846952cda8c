"""C10: the channel layer falls silent; jobs take as long as ever and none is hurt."""

from collections.abc import Iterator, Sequence

from tests.chaos.campaign import Case
from tests.chaos.ground import Ground
from tests.chaos.invariants import Sent
from tests.chaos.verdicts import Round

# Half of the usual ones before the silence and half after it: whatever a job costs more
# when a company has more rows weighs on both alike.
BLOCK_FILES = 8
ROWS = 20_000
# reliability.md, C10.
MOST_SLOWER = 1.05
# A process that notices the silence waits for it once, with whatever it is at then.
TOOK = """
    WITH made AS (
        SELECT job.args->>'upload_id' AS upload_id, job.started_at,
            extract(epoch FROM job.finished_at - job.started_at)::float8 AS seconds,
            row_number() OVER (PARTITION BY worker ORDER BY job.started_at) AS place
        FROM jobs_job AS job JOIN jobs_attempt AS attempt ON attempt.job_id = job.id
        WHERE job.args->>'upload_id' = ANY(%s)
    )
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FROM made
    WHERE place > 1
"""


def silence(ground: Ground) -> Round:
    """Land files with the layer, without and with it; compare how long they took."""
    channels, before = ground.stage.channels, ground.stage.channels.held_bytes
    usual = list(_land(ground, BLOCK_FILES))
    with channels.silent():
        silent = list(_land(ground, 2 * BLOCK_FILES))
    usual += _land(ground, BLOCK_FILES)
    slower = _median(ground, silent) / _median(ground, usual)
    return Round(
        struck=channels.held_bytes > before,
        sent=(*usual, *silent),
        figures={"without the layer, of the usual time": round(slower, 3)},
        broken=(*_slower(slower), *_hurt(ground, (*usual, *silent))),
    )


def _land(ground: Ground, files: int) -> Iterator[Sent]:
    for _ in range(files):
        sales = ground.stage.library.loose_file(next(ground.numbers), rows=ROWS)
        sent = ground.send_file(sales)
        ground.await_end([sent])
        yield sent


def _median(ground: Ground, sent: Sequence[Sent]) -> float:
    """Return how many seconds a job took, the first one of each process left out."""
    return float(ground.one(TOOK, [each.upload_id for each in sent]))


def _slower(times: float) -> Iterator[str]:
    if times > MOST_SLOWER:
        yield f"a job takes {times:.2f} times as long without the layer"


def _hurt(ground: Ground, sent: Sequence[Sent]) -> Iterator[str]:
    for each in sent:
        if (made := ground.attempts(each)) != 1:
            yield f"{each.upload_id} took {made} attempts"


CASES = (
    Case(
        code="C10",
        name="C10 channel layer silent",
        strike=silence,
        rounds=1,
    ),
)
