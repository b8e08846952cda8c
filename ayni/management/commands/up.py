"""Serve everything on this machine until Ctrl-C."""

import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ayni.localstack.errors import LocalStackError
from ayni.localstack.programs import plan_from_settings
from ayni.localstack.signals import stopping_signals
from ayni.localstack.stack import Stack

PREFERRED_PORT = 8000


class Command(BaseCommand):
    """Start services, web, workers and scheduler; stop them at the end."""

    help = "Serve everything on this machine until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--port",
            type=int,
            default=PREFERRED_PORT,
            help="where the pages answer; another port if this one is taken",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        plan = plan_from_settings(preferred_port=options["port"])
        try:
            with stopping_signals(), Stack(plan, say=self._say) as stack:
                self._serve(stack)
        except KeyboardInterrupt:
            self._say("stopped; nothing is left running")
        except LocalStackError as exc:
            raise CommandError(str(exc)) from exc

    def _serve(self, stack: Stack) -> None:
        for name, path in (
            ("pages", "/"),
            ("operators", "/ops/"),
            ("API", "/api/v1/docs/"),
        ):
            self._say(f"{name:<10} {stack.base_url}{path}")
        self._say(f"{'logs':<10} {stack.folder / 'log'}")
        self._say("Ctrl-C stops everything.")
        threading.Event().wait()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
