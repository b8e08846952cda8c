"""Whatever is done to jobs and queues is written down with who did it, or not done."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from jobs import hooks, sweep, trail
from jobs.by import PROGRAM, ActionKind, By
from jobs.cancel import cancel, cancel_many
from jobs.deadletters import discard, discard_alike, retry_alike
from jobs.hooks import Hooks, JobOutcome
from jobs.models import Action, Job
from jobs.pages import ActionFilter, ActionView
from jobs.pause import pause, resume
from jobs.requeue import requeue, requeue_many
from jobs.states import State

pytestmark = pytest.mark.django_db

ROSA = By(id="7", name="rosa@example.com")
EVERYTHING = ActionFilter()


def job(state: State = State.FAILED, *, queue: str = "scales") -> Job:
    return Job.objects.create(
        actor="weigh", queue=queue, state=state, error_fingerprint="bent in weigh"
    )


def written() -> list[ActionView]:
    return list(trail.actions_page(EVERYTHING).actions)


@pytest.mark.parametrize(
    ("state", "kind", "act"),
    [
        (State.FAILED, "retry", lambda pk: requeue(pk, by=ROSA)),
        (State.FAILED, "discard", lambda pk: discard(pk, reason="old", by=ROSA)),
        (State.QUEUED, "cancel", lambda pk: cancel(pk, by=ROSA)),
        (State.RUNNING, "cancel", lambda pk: cancel(pk, by=ROSA)),
    ],
)
def test_what_is_done_to_a_job_is_written_down_once(
    state: State, kind: str, act: Callable[[uuid.UUID], object]
) -> None:
    before = timezone.now()
    one = job(state)

    act(one.pk)
    act(one.pk)

    [action] = written()
    assert (action.kind, action.job_id, action.jobs) == (kind, one.pk, 1)
    assert (action.by_id, action.by_name) == ("7", "rosa@example.com")
    assert (action.actor, action.queue) == ("weigh", "scales")
    assert action.reason == ("old" if kind == "discard" else "")
    assert before < action.at < timezone.now()


def test_what_is_done_to_a_queue_is_written_down_once() -> None:
    for act in (pause, pause, resume, resume):
        act("scales", by=ROSA)

    assert [(action.kind, action.queue) for action in written()] == [
        ("resume", "scales"),
        ("pause", "scales"),
    ]


def test_who_is_not_named_is_the_program() -> None:
    cancel(job(State.QUEUED).pk)

    assert [action.by_id for action in written()] == [PROGRAM.id] == [""]


def test_what_is_done_to_many_is_one_action_with_a_part_for_each() -> None:
    jobs = [job(), job(State.SUCCEEDED), job()]

    assert requeue_many([each.pk for each in jobs], by=ROSA) == 2

    [action] = written()
    parts = trail.parts_page(action.id).actions
    assert (action.jobs, action.job_id) == (2, None)
    assert [part.job_id for part in parts] == [jobs[2].pk, jobs[0].pk]
    assert {part.by_name for part in parts} == {"rosa@example.com"}


def test_many_are_cancelled_by_one_action() -> None:
    jobs = [job(State.QUEUED), job(State.RUNNING), job(State.FAILED)]

    assert cancel_many([each.pk for each in jobs], by=ROSA) == 2

    assert [(action.kind, action.jobs) for action in written()] == [("cancel", 2)]


@pytest.mark.parametrize(
    ("kind", "act"),
    [
        ("retry", lambda: retry_alike("weigh", fingerprint="bent in weigh", by=ROSA)),
        (
            "discard",
            lambda: discard_alike(
                "weigh", fingerprint="bent in weigh", reason="old", by=ROSA
            ),
        ),
    ],
)
def test_what_is_done_to_all_alike_names_what_they_died_of(
    kind: str, act: Callable[[], int]
) -> None:
    one, two = job(), job()

    assert act() == 2

    [action] = written()
    assert (action.kind, action.jobs) == (kind, 2)
    assert (action.actor, action.fingerprint) == ("weigh", "bent in weigh")
    for each in (one, two):
        [part] = trail.actions_on(each.pk)
        assert (part.kind, part.by_id, part.reason) == (kind, "7", action.reason)


def test_no_more_are_retried_at_once_than_the_caller_can_wait_for() -> None:
    oldest = job()
    job()

    assert retry_alike("weigh", fingerprint="bent in weigh", limit=1) == 1

    assert [each.pk for each in Job.objects.filter(state=State.QUEUED)] == [oldest.pk]


def test_an_action_that_finds_nothing_to_do_is_not_written_down() -> None:
    done = job(State.SUCCEEDED)

    requeue_many([done.pk])
    cancel_many([done.pk])
    requeue(done.pk)
    cancel(done.pk)
    retry_alike("weigh", fingerprint="another")
    discard_alike("weigh", fingerprint="another", reason="none")

    assert not Action.objects.exists()


@pytest.mark.parametrize(
    "act", [requeue, lambda pk: discard(pk, reason="old"), lambda _: pause("scales")]
)
def test_what_is_undone_is_not_written_down_either(
    act: Callable[[uuid.UUID], object],
) -> None:
    one = job()

    with transaction.atomic():
        act(one.pk)
        assert Action.objects.count() == 1
        transaction.set_rollback(True)

    assert not Action.objects.exists()


def test_a_hook_that_refuses_a_retry_undoes_what_was_written() -> None:
    def refuse(_outcome: JobOutcome) -> None:
        raise ValueError("not this one")

    hooks.register("weigh", Hooks(on_requeue=refuse))
    one = job()

    with pytest.raises(ValueError, match="not this one"):
        requeue(one.pk, by=ROSA)
    hooks.forget("weigh")

    assert not Action.objects.exists()
    assert Job.objects.get().state == State.FAILED


def test_a_page_of_actions_goes_on_where_the_last_one_ended() -> None:
    for name in ("one", "two", "three"):
        pause(name)

    first = trail.actions_page(EVERYTHING, size=2)
    rest = trail.actions_page(EVERYTHING, cursor=first.next_cursor or "", size=2)

    assert [action.queue for action in first.actions] == ["three", "two"]
    assert [action.queue for action in rest.actions] == ["one"]
    assert rest.next_cursor is None


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        (ActionFilter(kind="pause"), ["pause"]),
        (ActionFilter(by_name="ROSA"), ["retry"]),
        (ActionFilter(queue="till"), ["pause", "retry"]),
        (ActionFilter(actor="weigh"), ["retry"]),
        (ActionFilter(actor="weigh", kind="pause"), []),
    ],
)
def test_actions_are_found_by_what_they_and_their_parts_were(
    wanted: ActionFilter, kinds: list[str]
) -> None:
    requeue_many([job(queue="till").pk], by=ROSA)
    pause("till")

    assert [each.kind for each in trail.actions_page(wanted).actions] == kinds


def test_an_action_can_be_looked_up_until_it_is_forgotten() -> None:
    pause("scales", by=ROSA)
    [action] = written()

    assert trail.action(action.id) == action
    assert trail.action(uuid.uuid4()) is None


def test_actions_are_kept_for_their_days_and_then_forgotten() -> None:
    pause("scales")
    pause("till")
    old = Action.objects.filter(queue="scales")
    old.update(at=timezone.now() - timedelta(days=366))

    sweep.forget_old()

    assert [action.queue for action in written()] == ["till"]


def test_every_kind_fits_its_column() -> None:
    longest = Action._meta.get_field("kind").max_length

    assert longest is not None
    assert all(len(kind) <= longest for kind in ActionKind)
