"""Settings that contradict each other stop the program at its start.

Each looks fine alone; together they lose messages, hang or open a door.
"""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured

# A line is held several times over while it is read, and cells are cut up to twice it.
LONGEST_LINE_BYTES = 64 * 1024**2


class Settings(Protocol):
    """The part of the settings that is looked at here."""

    AYNI_READ_MAX_BYTES: int
    AYNI_READ_MAX_FIELD_BYTES: int
    AYNI_READ_MAX_LINE_BYTES: int
    AYNI_STORAGE_DIR: Path
    CHANNEL_LAYERS: dict[str, Any]
    CSRF_COOKIE_SECURE: bool
    DATABASES: dict[str, dict[str, Any]]
    DEBUG: bool
    DRAMATIQ_BROKER: dict[str, Any]
    SECURE_SSL_REDIRECT: bool
    SESSION_COOKIE_SECURE: bool
    STATIC_ROOT: Path


def refuse_contradictions(settings: Settings) -> None:
    """Raise ``ImproperlyConfigured`` with everything that does not fit together."""
    found = contradictions(settings)
    if found:
        raise ImproperlyConfigured("\n".join(found))


def contradictions(settings: Settings) -> tuple[str, ...]:
    """Return what does not fit together, each with what to do about it."""
    return (
        *_of_channel_layer(settings),
        *_of_broker(settings),
        *_of_https(settings),
        *_of_database(settings),
        *_of_storage(settings),
        *_of_reading(settings),
    )


def _of_channel_layer(settings: Settings) -> Iterator[str]:
    hosts = settings.CHANNEL_LAYERS["default"].get("CONFIG", {}).get("hosts", [])
    if not all(_may_wait(host) for host in hosts):
        yield (
            "CHANNEL_LAYERS: each host needs a socket_timeout of None; redis-py ends a "
            "blocking read after five seconds, and an idle socket's consumer with it"
        )


def _may_wait(host: object) -> bool:
    """Return whether a blocking read of this host may last."""
    return isinstance(host, dict) and host.get("socket_timeout", 0) is None


def _of_broker(settings: Settings) -> Iterator[str]:
    broker = settings.DRAMATIQ_BROKER
    for name in broker.get("MIDDLEWARE", []):
        if name.startswith("dramatiq."):
            yield (
                f"DRAMATIQ_BROKER: {name} must go from MIDDLEWARE; retries, limits and "
                "results live in the job's row, and Dramatiq's own work against them"
            )
    is_bare = broker.get("BROKER", "").startswith("dramatiq.")
    if is_bare and not broker.get("OPTIONS", {}).get("socket_timeout"):
        yield (
            "DRAMATIQ_BROKER: OPTIONS needs a socket_timeout in seconds; without one a "
            "request hangs for as long as Valkey does"
        )


def _of_https(settings: Settings) -> Iterator[str]:
    if not settings.SECURE_SSL_REDIRECT:
        return
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        if not getattr(settings, name):
            yield f"{name} is False, yet SECURE_SSL_REDIRECT is True; set it to True"
    if settings.DEBUG:
        yield (
            "DEBUG is True, yet SECURE_SSL_REDIRECT says that strangers come by; set "
            "it to False"
        )


def _of_database(settings: Settings) -> Iterator[str]:
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "statement_timeout" not in options.get("options", ""):
        yield (
            "DATABASES: OPTIONS needs a statement_timeout; without one a lost client's "
            "query holds its locks for as long as it likes"
        )


def _of_storage(settings: Settings) -> Iterator[str]:
    if settings.AYNI_STORAGE_DIR.is_relative_to(settings.STATIC_ROOT):
        yield (
            f"AYNI_STORAGE_DIR lies in {settings.STATIC_ROOT}, from where files are "
            "served to anybody; name a folder outside"
        )


def _of_reading(settings: Settings) -> Iterator[str]:
    # What is smaller has to fit into what is larger, or its own code is never told.
    names = (
        "AYNI_READ_MAX_FIELD_BYTES",
        "AYNI_READ_MAX_LINE_BYTES",
        "AYNI_READ_MAX_BYTES",
    )
    for smaller, larger in itertools.pairwise(names):
        if getattr(settings, smaller) > getattr(settings, larger):
            yield f"{smaller} is above {larger}, which ends the reading before"
    if settings.AYNI_READ_MAX_LINE_BYTES > LONGEST_LINE_BYTES:
        yield (
            f"AYNI_READ_MAX_LINE_BYTES is above {LONGEST_LINE_BYTES} bytes, beyond "
            "which a few lines are more than the memory of a child"
        )
