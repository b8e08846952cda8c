"""``manage.py check_health worker|scheduler``: exit code 0 if that process is well.

For supervisors of processes that answer no requests. The web process has ``/readyz``.
"""

import socket
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.db import connection

from jobs import selectors
from jobs.leader import Leadership


class Command(BaseCommand):
    """Ask Postgres for a sign of life."""

    help = "Exit with 0 if this host's worker, or a scheduler, is alive."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare which process is asked about."""
        parser.add_argument("process", choices=sorted(SIGNS))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Raise ``CommandError``, which exits with 1, when there is no sign of life."""
        name = options["process"]
        try:
            connection.ensure_connection()
            is_alive = SIGNS[name]()
        except DatabaseError as exc:
            raise CommandError("the database does not answer") from exc
        if not is_alive:
            raise CommandError(f"no sign of life of a {name}")
        self.stdout.write(f"{name}: alive")


def a_worker_of_this_host_lives() -> bool:
    """Return whether a worker that runs here was seen within its lease."""
    host = socket.gethostname()
    return any(it.is_alive and it.host == host for it in selectors.workers())


def a_scheduler_leads() -> bool:
    """Return whether some scheduler leads.

    Asked by trying to take the lead, which only succeeds if nobody has it. Taking it
    for a moment does no harm: a scheduler tries again within a second.
    """
    leadership = Leadership()
    is_vacant = leadership.is_held()
    leadership.give_up()
    return not is_vacant


SIGNS: Mapping[str, Callable[[], bool]] = {
    "worker": a_worker_of_this_host_lives,
    "scheduler": a_scheduler_leads,
}
