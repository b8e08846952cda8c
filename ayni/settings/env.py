"""Readers for environment variables. A bad value stops the program with its name."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """Return the variable, or ``default``; stop at start when both are missing."""
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set and has no default")
    return value


def flag(name: str, *, default: str) -> bool:
    """Return whether the variable says ``true``; anything but true or false stops."""
    value = text(name, default)
    if value not in {"true", "false"}:
        raise ImproperlyConfigured(f"{name} is {value!r}; allowed: true, false")
    return value == "true"


def integer(name: str, default: int, *, lowest: int = 0) -> int:
    """Return the variable as an integer of at least ``lowest``."""
    value = text(name, str(default))
    if not value.lstrip("-").isdigit() or int(value) < lowest:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; allowed: an integer of at least {lowest}"
        )
    return int(value)


def seconds(name: str, default: float, *, lowest: float = 0.0) -> float:
    """Return the variable as a number of seconds of at least ``lowest``."""
    value = text(name, str(default))
    try:
        number = float(value)
    except ValueError:
        number = lowest - 1
    if number < lowest:
        raise ImproperlyConfigured(
            f"{name} is {value!r}; allowed: seconds, at least {lowest}"
        )
    return number


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    """Return a comma-separated variable as a list without empty entries."""
    value = text(name, ",".join(default))
    return [word.strip() for word in value.split(",") if word.strip()]


def counts(name: str) -> dict[str, int]:
    """Return a variable like ``one=4,other=2`` as whole numbers above zero by name."""
    found: dict[str, int] = {}
    for word in words(name):
        key, _, number = word.partition("=")
        if not key or not number.isdigit() or int(number) < 1:
            raise ImproperlyConfigured(
                f"{name} has {word!r}; allowed: name=number, at least 1, and commas"
            )
        found[key] = int(number)
    return found


def folder(name: str, default: Path) -> Path:
    """Return the variable as an absolute path."""
    return Path(text(name, str(default))).resolve()


def database(name: str, default: str | None = None) -> dict[str, object]:
    """Return Django's database settings for a ``postgres://`` address."""
    parts = urlsplit(text(name, default))
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            f"{name} is not an address; allowed: postgres://user:password@host:port/db"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def valkey_databases(name: str, default: str | None = None) -> tuple[str, str, str]:
    """Return three addresses on one Valkey: broker, channel layer, rate limits.

    The address names the first database; the next two are taken as well, so that
    Dramatiq's ``KEYS`` walks nothing but its own (``docs/operations.md``).
    """
    parts = urlsplit(text(name, default))
    number = parts.path.strip("/") or "0"
    if parts.scheme not in {"redis", "rediss"} or not number.isdigit():
        raise ImproperlyConfigured(
            f"{name} is not an address; allowed: redis://:password@host:port/number"
        )
    base = parts._replace(path="").geturl()
    first = int(number)
    return (f"{base}/{first}", f"{base}/{first + 1}", f"{base}/{first + 2}")
