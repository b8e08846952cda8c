"""Our client: what any Django project does to enqueue."""

import django

django.setup()

from jobs.enqueue import enqueue  # noqa: E402 - models need Django to be set up


def send() -> None:
    """Enqueue one no-op, in a transaction of its own."""
    enqueue("tick", args={}, queue="bench")
