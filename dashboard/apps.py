"""Django's registration of the dashboard app."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """Name the app."""

    name = "dashboard"
