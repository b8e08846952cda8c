"""Django's registration of the uploads app."""

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    """Name the app."""

    name = "uploads"
