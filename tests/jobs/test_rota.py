"""The first queue with a message is served, and none is passed over for ever."""

from collections import Counter
from pathlib import Path

import pytest

from jobs.enqueue import enqueue_many
from jobs.models import Job
from jobs.rota import Rota
from jobs.states import State
from jobs.steps import Step
from tests.jobs.crews import Crew
from tests.jobs.following import START_SECONDS, lines
from tests.jobs.waiting import until


def served(rota: Rota, messages: dict[str, int]) -> str:
    """Serve queues until none has a message; return their initials."""
    order = ""
    while (queue := rota.choose(messages)) is not None:
        rota.note_served(queue, messages)
        messages[queue] -= 1
        order += queue[0]
    return order


@pytest.mark.parametrize(
    ("messages", "order"),
    [
        ({"express": 2, "normal": 2, "bulk": 1}, "eennb"),
        ({"express": 12, "bulk": 2}, "e" * 9 + "b" + "eee" + "b"),
        ({"express": 20, "bulk": 1}, "e" * 9 + "b" + "e" * 11),
        ({"express": 20, "normal": 9, "bulk": 9}, "e" * 9 + "nb" + "e" * 8 + "nb"),
        ({"bulk": 3}, "bbb"),
        ({}, ""),
    ],
    ids=["in order", "patience", "once", "both overdue", "alone", "nothing"],
)
def test_who_is_served_when(messages: dict[str, int], order: str) -> None:
    assert served(Rota(("express", "normal", "bulk")), messages).startswith(order)


def test_a_queue_without_messages_is_not_passed_over() -> None:
    rota = Rota(("express", "bulk"))
    served(rota, {"express": 100})

    assert rota.choose({"express": 1, "bulk": 1}) == "express"


def test_with_one_queue_there_is_nothing_to_choose() -> None:
    assert not Rota(("express",)).is_needed
    assert Rota(("express", "bulk")).is_needed


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_worker_serves_its_queues_in_order_and_starves_none(
    tmp_path: Path, notebook: Path
) -> None:
    args = {"path": str(notebook)}
    names = ["bulk"] * 3 + ["express"] * 25
    ids = enqueue_many([Step(actor="note", args=args, queue=name) for name in names])
    initial = {str(pk): name[0] for pk, name in zip(ids, names, strict=True)}

    with Crew(tmp_path, "--processes=1", "--threads=1", "--queues=express,bulk"):
        done = Job.objects.filter(state=State.SUCCEEDED)
        until(lambda: done.count() == len(ids), seconds=START_SECONDS)

    order = "".join(initial[line.split()[0]] for line in lines(notebook))
    assert Counter(order) == {"e": 25, "b": 3}
    assert order == "e" * 9 + "b" + "e" * 9 + "b" + "e" * 7 + "b"
