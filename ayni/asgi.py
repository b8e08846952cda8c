"""The web process: pages, REST API and sockets behind one ASGI application.

The one place that ties ``realtime`` to the packages it must not know. Never loads
Polars or ``processing``: whatever must look inside a file is a job.
"""

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.core.asgi import get_asgi_application

# A request is answered in a thread of its own, so no later one ever finds its session:
# kept, it would only be in the way until somebody collects the garbage.
settings.DATABASES["default"]["CONN_MAX_AGE"] = 0
django_application = get_asgi_application()

# Models can only be imported once Django is set up, which the line above did.
from ayni.body_limit import with_body_limits  # noqa: E402
from ayni.health import with_health_checks  # noqa: E402
from ayni.lifespan import lifespan  # noqa: E402
from ayni.sockets import socket_application  # noqa: E402

application = with_health_checks(
    ProtocolTypeRouter(
        {
            "http": with_body_limits(django_application),
            "websocket": socket_application(),
            "lifespan": lifespan,
        }
    )
)
