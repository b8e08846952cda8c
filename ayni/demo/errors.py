"""Why the demo cannot go on, in words for the person who started it."""


class DemoError(Exception):
    """The demo ends here; its text says what happened and where to look."""


class RefusedRequestError(DemoError):
    """The API answered something else than expected."""

    def __init__(self, *, what: str, status: int, body: str) -> None:
        super().__init__(f"{what} was answered {status}: {body}")


class NothingMovesError(DemoError):
    """The upload stands still; most likely no worker runs."""

    def __init__(self, *, seconds: float, status: str) -> None:
        super().__init__(
            f"the upload has been {status} for {seconds:g} s without a sign of life;"
            " the worker's log in var/log says why"
        )
