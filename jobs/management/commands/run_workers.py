"""``manage.py run_workers``: worker processes that do the jobs of some queues."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jobs.supervisor import Crew, supervise


class Command(BaseCommand):
    """Run worker processes until SIGTERM; dead ones are restarted."""

    help = "Run worker processes; SIGTERM drains them, a second one kills them."
    requires_system_checks = ["jobs"]  # noqa: RUF012 - Django's own type

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options; the defaults suit a machine of two cores."""
        parser.add_argument("--processes", type=int, default=2)
        parser.add_argument("--threads", type=int, default=2)
        parser.add_argument("--queues", default=",".join(settings.AYNI_JOBS_QUEUES))

    def handle(self, *_args: Any, **options: Any) -> None:
        """Supervise until told to stop."""
        queues = tuple(word for word in options["queues"].split(",") if word)
        for name in ("processes", "threads"):
            if options[name] < 1:
                raise CommandError(f"--{name} is {options[name]}; allowed: 1 or more")
        if not queues:
            raise CommandError("--queues is empty; name at least one queue")
        crew = Crew(
            processes=options["processes"], threads=options["threads"], queues=queues
        )
        sys.exit(supervise(crew))
