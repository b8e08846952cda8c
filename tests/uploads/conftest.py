"""Companies, people and uploads that the tests of uploads start from."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import Company
from accounts.roles import Role
from tests.accounts.people import Firm, a_company, a_member, api
from uploads import storage
from uploads.models import Upload

MakeUpload = Callable[..., Upload]


def a_firm(role: Role = Role.OWNER) -> Firm:
    member = a_member(a_company(), role)
    return Firm(owner=member, client=api(member.user))


@pytest.fixture(autouse=True)
def storage_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.AYNI_STORAGE_DIR = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def firm() -> Firm:
    return a_firm()


@pytest.fixture
def other_firm() -> Firm:
    return a_firm()


@pytest.fixture
def company(firm: Firm) -> Company:
    return firm.company


@pytest.fixture
def make_upload(company: Company) -> MakeUpload:
    """Return a maker of uploads whose contents differ unless one is given."""

    def make(content: bytes | None = None, **values: Any) -> Upload:
        content = uuid.uuid4().bytes if content is None else content
        stored = storage.save_stream([content], limit_bytes=1_000_000)
        defaults: dict[str, Any] = {
            "company": company,
            "original_name": "ventas.csv",
            "stored_name": stored.stored_name,
            "size_bytes": stored.size_bytes,
            "sha256": stored.sha256,
        }
        return Upload.objects.create(**{**defaults, **values})

    return make


@pytest.fixture
def upload(make_upload: MakeUpload) -> Upload:
    return make_upload()


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
