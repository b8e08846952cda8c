"""Django's registration of the composition root, for its commands and checks."""

from typing import cast

from django.apps import AppConfig
from django.conf import settings

from ayni.checks import Settings, refuse_contradictions


class AyniConfig(AppConfig):
    """Name the app, and let no program start whose settings contradict each other."""

    name = "ayni"

    def ready(self) -> None:
        refuse_contradictions(cast("Settings", settings))
