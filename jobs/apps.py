"""Django's registration of the jobs app."""

import importlib

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Name the app and register its checks."""

    name = "jobs"

    def ready(self) -> None:
        """Register the checks, which need the models to be there."""
        importlib.import_module("jobs.checks")
