"""Numbers by name in one environment variable."""

import importlib

import pytest
from django.core.exceptions import ImproperlyConfigured

env = importlib.import_module("ayni.settings.env")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", {}), ("processing=4", {"processing": 4}), ("a=1, b=2,", {"a": 1, "b": 2})],
)
def test_numbers_are_read_by_name(
    value: str, expected: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AYNI_COUNTS", value)

    assert env.counts("AYNI_COUNTS") == expected


@pytest.mark.parametrize("value", ["processing", "processing=", "=4", "a=-1", "a=0"])
def test_what_is_no_number_by_name_stops_the_start(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AYNI_COUNTS", value)

    with pytest.raises(ImproperlyConfigured, match="AYNI_COUNTS"):
        env.counts("AYNI_COUNTS")
