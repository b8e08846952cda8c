"""A project that sets nothing has every setting that jobs reads."""

import re
from pathlib import Path

from django.conf import settings
from pytest_django import Settings

from jobs import defaults

JOBS = Path(defaults.__file__).parent
READ = re.compile(r"settings\.(AYNI_\w+)")
GIVEN = {name for name in vars(defaults) if name.startswith("AYNI_")}


def test_every_setting_that_is_read_has_a_default() -> None:
    read = {
        name
        for path in JOBS.rglob("*.py")
        for name in READ.findall(path.read_text(encoding="utf-8"))
    }

    assert read == GIVEN


def test_our_own_settings_know_each_of_them() -> None:
    ours = {name for name in dir(settings) if name.startswith("AYNI_JOBS_")}

    assert ours == GIVEN


def test_what_a_project_sets_is_left_alone(settings: Settings) -> None:
    settings.AYNI_JOBS_HISTORY_DAYS = 3
    del settings.AYNI_JOBS_AUDIT_DAYS

    defaults.fill_in()

    assert settings.AYNI_JOBS_HISTORY_DAYS == 3
    assert settings.AYNI_JOBS_AUDIT_DAYS == defaults.AYNI_JOBS_AUDIT_DAYS
