"""What makes a process of the stack one that can be stopped at a point."""

import importlib
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings

from jobs import points
from tests.chaos.inside.settings import BUG
from tests.chaos.inside.visitor import Visitor
from tests.chaos.points import POINTS_FOLDER


class Inside(AppConfig):
    """Stands at every point of this process, and builds the asked mistake into it."""

    name = "tests.chaos.inside"
    label = "chaos_inside"
    # A folder of tests is no package: Django would not find it by itself.
    path = str(Path(__file__).parent)

    def ready(self) -> None:
        points.watch(Visitor(Path(settings.VAR_DIR) / POINTS_FOLDER).visit)
        # Models can be imported only now.
        importlib.import_module("tests.chaos.inside.bugs").install(BUG)
