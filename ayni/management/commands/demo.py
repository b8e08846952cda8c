"""``manage.py demo``: everything at once, on this machine, with its numbers checked."""

import argparse
import sys
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.console import Console

from ayni.demo import story
from ayni.demo.errors import DemoError
from ayni.localstack.errors import LocalStackError
from ayni.localstack.programs import plan_from_settings
from ayni.localstack.signals import stopping_signals
from ayni.localstack.stack import Stack

PREFERRED_PORT = 8000


class Command(BaseCommand):
    """Start the local stack, land a made-up file and serve until Ctrl-C."""

    help = "Start everything, land a messy sales file and check every number."
    # They would ask for tables before the stack has made them.
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--rows", type=int, default=100_000)
        parser.add_argument("--port", type=int, default=PREFERRED_PORT)
        parser.add_argument(
            "--exit", action="store_true", help="stop after the import; 0 if all agrees"
        )

    def handle(self, *_arguments: object, **options: Any) -> None:
        console = Console()
        plan = plan_from_settings(preferred_port=options["port"])
        try:
            with stopping_signals(), Stack(plan, say=console.print) as stack:
                agrees = story.run(stack, console, rows=options["rows"])
                if not options["exit"]:
                    console.print("Ctrl-C stops everything.")
                    threading.Event().wait()
        except KeyboardInterrupt:
            console.print("stopped; nothing is left running")
            return
        except (DemoError, LocalStackError) as exc:
            raise CommandError(str(exc)) from exc
        if not agrees:
            sys.exit(1)
