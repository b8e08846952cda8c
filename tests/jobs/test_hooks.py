"""Two doors lead to an actor's hooks, and neither can shut the other."""

from collections.abc import Iterator

import pytest

from jobs import hooks
from jobs.hooks import Hooks, JobOutcome


def cheer(_outcome: JobOutcome) -> None:
    """Be told of a success."""


def mourn(_outcome: JobOutcome) -> None:
    """Be told of an end."""


@pytest.fixture(autouse=True)
def nobody_is_left() -> Iterator[None]:
    yield
    hooks.forget("sing")


def test_hooks_for_different_moments_add_up() -> None:
    hooks.register("sing", Hooks(on_success=cheer))
    hooks.register("sing", Hooks(on_cancel=mourn))

    assert hooks.of("sing") == Hooks(on_success=cheer, on_cancel=mourn)


def test_the_same_hook_may_be_registered_twice() -> None:
    hooks.register("sing", Hooks(on_success=cheer))
    hooks.register("sing", Hooks(on_success=cheer))

    assert hooks.of("sing") == Hooks(on_success=cheer)


def test_two_functions_for_one_moment_are_refused() -> None:
    hooks.register("sing", Hooks(on_cancel=mourn))

    with pytest.raises(ValueError, match="sing has another on_cancel already"):
        hooks.register("sing", Hooks(on_cancel=cheer))

    assert hooks.of("sing") == Hooks(on_cancel=mourn)
