"""Settings that contradict each other are refused, and ours do not."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from ayni.checks import Settings, contradictions, refuse_contradictions

SOUND: dict[str, Any] = {
    "AYNI_READ_MAX_BYTES": 1_000_000_000,
    "AYNI_READ_MAX_FIELD_BYTES": 1_000_000,
    "AYNI_READ_MAX_LINE_BYTES": 4_000_000,
    "AYNI_STORAGE_DIR": Path("/srv/ayni/uploads"),
    "CHANNEL_LAYERS": {
        "default": {"CONFIG": {"hosts": [{"address": "x", "socket_timeout": None}]}}
    },
    "CSRF_COOKIE_SECURE": True,
    "DATABASES": {"default": {"OPTIONS": {"options": "-c statement_timeout=30000"}}},
    "DEBUG": False,
    "DRAMATIQ_BROKER": {"BROKER": "jobs.broker.HintBroker", "MIDDLEWARE": []},
    "SECURE_SSL_REDIRECT": True,
    "SESSION_COOKIE_SECURE": True,
    "STATIC_ROOT": Path("/srv/ayni/static"),
}


def hosts(*entries: object) -> dict[str, Any]:
    return {"default": {"CONFIG": {"hosts": list(entries)}}}


def with_changes(**changes: Any) -> Settings:
    return cast("Settings", SimpleNamespace(**{**SOUND, **changes}))


def test_settings_that_fit_together_are_not_refused() -> None:
    assert contradictions(with_changes()) == ()


def test_our_own_settings_fit_together() -> None:
    assert contradictions(cast("Settings", settings)) == ()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("AYNI_READ_MAX_FIELD_BYTES", 4_000_001, "above AYNI_READ_MAX_LINE_BYTES"),
        ("AYNI_READ_MAX_BYTES", 3_999_999, "above AYNI_READ_MAX_BYTES"),
        ("AYNI_READ_MAX_LINE_BYTES", 64 * 1024**2 + 1, "above 67108864 bytes"),
        ("CHANNEL_LAYERS", hosts("redis://x"), "socket_timeout of None"),
        ("CHANNEL_LAYERS", hosts({"address": "x"}), "socket_timeout of None"),
        (
            "CHANNEL_LAYERS",
            hosts({"address": "x", "socket_timeout": 5}),
            "socket_timeout of None",
        ),
        (
            "DRAMATIQ_BROKER",
            {"BROKER": "dramatiq.brokers.redis.RedisBroker", "OPTIONS": {"url": "x"}},
            "socket_timeout in seconds",
        ),
        (
            "DRAMATIQ_BROKER",
            {"MIDDLEWARE": ["dramatiq.middleware.Retries"]},
            "dramatiq.middleware.Retries must go",
        ),
        ("SESSION_COOKIE_SECURE", False, "SESSION_COOKIE_SECURE is False"),
        ("CSRF_COOKIE_SECURE", False, "CSRF_COOKIE_SECURE is False"),
        ("DEBUG", True, "DEBUG is True"),
        ("DATABASES", {"default": {}}, "statement_timeout"),
        ("AYNI_STORAGE_DIR", Path("/srv/ayni/static/up"), "served to anybody"),
    ],
)
def test_a_contradiction_is_told_with_what_to_do(
    name: str, value: object, told: str
) -> None:
    found = contradictions(with_changes(**{name: value}))

    assert len(found) == 1
    assert told in found[0]


def test_a_contradiction_stops_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="DEBUG is True"):
        refuse_contradictions(with_changes(DEBUG=True))
