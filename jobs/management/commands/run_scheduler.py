"""``manage.py run_scheduler``: the sweep and the schedules; any number may run."""

from typing import Any

from django.core.management.base import BaseCommand

from jobs.scheduler import run_until_stopped


class Command(BaseCommand):
    """Run a scheduler until SIGTERM; while another one leads it stands by."""

    help = "Send what is due, repair what was lost, fire schedules."
    requires_system_checks = ["jobs"]  # noqa: RUF012 - Django's own type

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Run until told to stop."""
        run_until_stopped()
