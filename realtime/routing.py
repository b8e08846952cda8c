"""The addresses of the sockets."""

from typing import Any, cast

from channels.routing import URLRouter
from django.urls import path, re_path

from realtime.consumers import CompanyConsumer, NowhereConsumer, UploadConsumer
from realtime.watching import Watching


def socket_router(*, uploads: Watching, companies: Watching) -> URLRouter:
    """Return the application for every socket; unknown addresses close with 4404."""
    return URLRouter(
        [
            path(
                "ws/v1/uploads/<uuid:subject_id>/",
                _view(UploadConsumer.as_asgi(watching=uploads)),
            ),
            path(
                "ws/v1/companies/<uuid:subject_id>/",
                _view(CompanyConsumer.as_asgi(watching=companies)),
            ),
            re_path("", _view(NowhereConsumer.as_asgi())),
        ]
    )


def _view(application: object) -> Any:
    # Django's path() is typed for views; Channels puts ASGI applications there.
    return cast("Any", application)
