import re
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django import Settings

IMPORT = re.compile(r'(?:import|from) ?"(?P<path>\.[^"]+)"')


@pytest.fixture
def collected(settings: Settings, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "ayni.staticstorage.OwnModulesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_every_import_of_our_modules_names_a_file_that_changes_with_its_content(
    collected: Path,
) -> None:
    (page,) = (collected / "dashboard").glob("upload.????????????.js")

    imported = [
        page.parent / match["path"]
        for match in IMPORT.finditer(page.read_text(encoding="utf-8"))
    ]

    assert imported
    assert all(path.resolve().exists() for path in imported)
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", path.name) for path in imported)
