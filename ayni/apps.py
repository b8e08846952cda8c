"""Django's registration of the composition root, for its commands and checks."""

from django.apps import AppConfig


class AyniConfig(AppConfig):
    """Name the app."""

    name = "ayni"
