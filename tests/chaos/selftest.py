"""The checker is checked: a stack with a mistake built in must be found out.

Each mistake has the case that has to fail because of it, and the invariant that has to
be named.
"""

import contextlib
import dataclasses
import functools
from collections.abc import Iterator, Mapping

from ayni.localstack.addresses import addresses_of
from ayni.localstack.ports import free_port
from ayni.localstack.postgres import create_database
from ayni.localstack.programs import StackPlan
from ayni.localstack.stack import Say, Stack
from tests.chaos import cutting, freezing, killing
from tests.chaos.campaign import Case, run_case
from tests.chaos.database import Line
from tests.chaos.ground import Ground, Stage
from tests.chaos.leftovers import at_rest
from tests.chaos.library import Library
from tests.chaos.operators import new_operator
from tests.chaos.verdicts import Round, Verdict
from tests.flows.client import open_shop

MERGES = {"AYNI_DIRECT_LANDING": "false"}
# Behind those of the stack itself, on the same server (``env.valkey_databases``).
VALKEY_DATABASE = 3


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """A mistake by name (``inside/bugs.py``), who has to notice, and what is said."""

    bug: str
    strike: functools.partial[Round]
    invariant: str
    environment: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def name(self) -> str:
        return f"self-test: {self.bug} is found ({self.invariant})"


def send_again_changed(ground: Ground) -> Round:
    """Send a file, and one with the keys of a file that another company has landed."""
    first, second = ground.send(), ground.next_file()
    changed = second.path.with_suffix(".changed.csv")
    changed.write_bytes(second.path.read_bytes().replace(b"Aseo", b"Otro"))
    other = dataclasses.replace(second, path=changed, calm_upload_id="")
    sent = (first, ground.send_file(other))
    ground.await_end(sent)
    return Round(struck=True, sent=sent)


MISTAKES = (
    Mistake(
        bug="no fence",
        strike=functools.partial(freezing.freeze_mid_copy, thaw=freezing.child_first),
        invariant="I9",
    ),
    Mistake(
        bug="sent before commit",
        strike=functools.partial(cutting.kill_before_sending),
        invariant="I6",
    ),
    Mistake(
        bug="committed by batches",
        strike=functools.partial(
            killing.kill_at, point="before_commit", victim=killing.Victim.WORKER
        ),
        invariant="I2",
    ),
    Mistake(
        bug="keys without company",
        strike=functools.partial(send_again_changed),
        invariant="I4",
        environment=MERGES,
    ),
    Mistake(
        bug="refused rows lost",
        strike=functools.partial(send_again_changed),
        invariant="I3",
    ),
)


def find_mistake(
    stage: Stage, mistake: Mistake, *, environment: Mapping[str, str], say: Say
) -> Verdict:
    """Try a mistake on programs of its own beside the stack that runs."""
    with _mistaken(stage, mistake, environment=environment, say=say) as other:
        case = Case(code="self", name=mistake.name, strike=mistake.strike, rounds=1)
        found = run_case(other, case, rounds=1, rest=at_rest(other))
    return _judged(found, mistake)


@contextlib.contextmanager
def _mistaken(
    stage: Stage, mistake: Mistake, *, environment: Mapping[str, str], say: Say
) -> Iterator[Stage]:
    folder = stage.stack.folder / mistake.bug.replace(" ", "-")
    addresses = addresses_of(stage.stack.folder)
    name = f"chaos_{mistake.bug.replace(' ', '_')}"
    create_database(stage.stack.database_url, name)
    folder.mkdir()
    plan = StackPlan(
        folder=folder,
        database_url=addresses.database_url_of(name),
        redis_url=f"{addresses.redis_url.rpartition('/')[0]}/{VALKEY_DATABASE}",
        secret_key=addresses.secret_key,
        port=free_port(),
        worker_threads=1,
        extra={**environment, **mistake.environment, "CHAOS_BUG": mistake.bug},
    )
    # What its processes say is kept with the rest.
    (folder / "log").symlink_to(stage.stack.folder / "log" / folder.name)
    (stage.stack.folder / "log" / folder.name).mkdir()
    with (
        Stack(plan, say=say) as stack,
        contextlib.closing(Line(stack.database_url)) as database,
    ):
        calm = open_shop(stack.base_url, stack.database_url, counts=False)
        yield dataclasses.replace(
            stage,
            stack=stack,
            database=database,
            library=Library(folder / "sales", calm=calm),
            operator=new_operator(stack.base_url, stack.database_url),
        )


def _judged(found: Verdict, mistake: Mistake) -> Verdict:
    """Turn it round: what was found is what had to be."""
    is_found = any(sentence.startswith(mistake.invariant) for sentence in found.broken)
    missed = f"{mistake.bug}: {mistake.invariant} was not told, but {found.broken}"
    return dataclasses.replace(
        found,
        broken=() if is_found else (missed,),
    )
