"""Django's registration of the jobs app."""

import importlib
from types import ModuleType

from django.apps import AppConfig

from jobs import defaults


class JobsConfig(AppConfig):
    """Name the app and register its checks."""

    name = "jobs"

    def __init__(self, app_name: str, app_module: ModuleType | None) -> None:
        super().__init__(app_name, app_module)
        # Before any other app is ready, which may ask for a job at once.
        defaults.fill_in()

    def ready(self) -> None:
        """Register the checks, which need the models to be there."""
        importlib.import_module("jobs.checks")
