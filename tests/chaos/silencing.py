"""C10: the channel layer falls silent; jobs take as long as ever and none is hurt."""

import statistics
from collections.abc import Iterator, Sequence

from tests.chaos.campaign import Case
from tests.chaos.ground import Ground
from tests.chaos.invariants import Sent
from tests.chaos.verdicts import Round

# In turn with the layer and without it. The first job of each process notices the
# silence, which is paid once, and not each time.
BLOCKS, BLOCK_FILES = 2, 8
ROWS = 20_000
# reliability.md, C10.
MOST_SLOWER = 1.05
TOOK = """
    SELECT extract(epoch FROM finished_at - started_at)::float8
    FROM jobs_job WHERE args->>'upload_id' = %s
"""


def silence(ground: Ground) -> Round:
    """Land blocks of files with the layer and without; compare how long they took."""
    channels, before = ground.stage.channels, ground.stage.channels.held_bytes
    usual: list[Sent] = []
    silent: list[Sent] = []
    for _ in range(BLOCKS):
        usual += _land_block(ground)
        with channels.silent():
            silent += _land_block(ground)
    slower = _median(ground, silent) / _median(ground, usual)
    return Round(
        struck=channels.held_bytes > before,
        sent=(*usual, *silent),
        figures={"without the layer, of the usual time": round(slower, 3)},
        broken=(*_slower(slower), *_hurt(ground, (*usual, *silent))),
    )


def _land_block(ground: Ground) -> Iterator[Sent]:
    for _ in range(BLOCK_FILES):
        sales = ground.stage.library.loose_file(next(ground.numbers), rows=ROWS)
        sent = ground.send_file(sales)
        ground.await_end([sent])
        yield sent


def _median(ground: Ground, sent: Sequence[Sent]) -> float:
    return statistics.median([float(ground.one(TOOK, it.upload_id)) for it in sent])


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
