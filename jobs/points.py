"""Named moments of the work at which it can be stopped from outside, to see what then.

In daily life nothing stands at a point: no setting of the program puts anything there.
Only the settings of the chaos tests do (``tests/chaos/inside``).
"""

from collections.abc import Callable

Watch = Callable[[str], None]

_watches: list[Watch] = []


def reach(point: str) -> None:
    """Tell whoever watches, and go on when they return. Costs nothing without them."""
    for watch in _watches:
        watch(point)


def watch(tell: Watch) -> None:
    """Have ``tell`` called with the name of every point this process reaches."""
    _watches.append(tell)
