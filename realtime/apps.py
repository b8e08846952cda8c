"""Django's registration of the realtime app."""

from django.apps import AppConfig


class RealtimeConfig(AppConfig):
    """Name the app."""

    name = "realtime"
