"""Companies, people and uploads that the tests of uploads start from."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import Company, Membership, User
from accounts.roles import Role
from uploads import storage
from uploads.models import Upload

MakeUpload = Callable[..., Upload]


@pytest.fixture(autouse=True)
def storage_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.AYNI_STORAGE_DIR = tmp_path / "uploads"
    return tmp_path / "uploads"


@pytest.fixture
def company() -> Company:
    return Company.objects.create(name="Almacén", rut="76.086.428-5")


@pytest.fixture
def other_company() -> Company:
    return Company.objects.create(name="Otra", rut="12.345.678-5")


@pytest.fixture
def owner(company: Company) -> User:
    return person(company, Role.OWNER)


def person(company: Company, role: Role) -> User:
    email = f"{role}.{uuid.uuid4().hex[:8]}@tienda.example"
    user = User.objects.create_user(email, password="una-clave-larga-4711")
    Membership.objects.create(user=user, company=company, role=role)
    return user


@pytest.fixture
def make_upload(company: Company) -> MakeUpload:
    """Return a maker of uploads that differ in content; ``content`` is stored."""

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
