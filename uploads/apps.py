"""Django's registration of the uploads app."""

from django.apps import AppConfig


class UploadsConfig(AppConfig):
    """Name the app and tie uploads to their jobs."""

    name = "uploads"

    def ready(self) -> None:
        # Models exist only now, and the hooks need them.
        from uploads.services.job_hooks import register_hooks  # noqa: PLC0415

        register_hooks()
