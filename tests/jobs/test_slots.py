"""A worker holds as many messages as it has threads, whatever their queues."""

from jobs.slots import Slots


def test_no_more_slots_than_threads() -> None:
    slots = Slots(2)

    assert [slots.take() for _ in range(3)] == [True, True, False]


def test_a_message_that_is_acknowledged_twice_frees_one_slot() -> None:
    slots = Slots(1)
    slots.take()
    slots.occupy("a")

    slots.vacate("a")
    slots.vacate("a")

    assert [slots.take() for _ in range(2)] == [True, False]


def test_a_stopping_worker_takes_nothing_even_when_a_thread_comes_free() -> None:
    slots = Slots(1)
    slots.take()
    slots.occupy("a")

    slots.close()
    slots.vacate("a")

    assert not slots.take()
