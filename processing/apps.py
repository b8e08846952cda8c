"""Django's registration of the processing app."""

from django.apps import AppConfig


class ProcessingConfig(AppConfig):
    """Name the app."""

    name = "processing"
