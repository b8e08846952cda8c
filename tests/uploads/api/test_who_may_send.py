"""Who may send a file: by role, by company, and from a page only with its token."""

from pathlib import Path

import pytest
from rest_framework.test import APIClient

from accounts.roles import Role
from tests.accounts.people import Firm
from tests.uploads.api.test_sending import only_upload, send
from tests.uploads.conftest import a_firm, files

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.OWNER, 201),
        (Role.ADMIN, 201),
        (Role.MANAGER, 201),
        (Role.ANALYST, 403),
        (Role.VIEWER, 403),
    ],
)
def test_only_some_roles_may_send(role: Role, status: int, storage_dir: Path) -> None:
    answer = send(a_firm(role))

    assert answer.status_code == status
    assert len(files(storage_dir)) == (status == 201)


def test_nobody_sends_to_another_company(
    firm: Firm, other_firm: Firm, storage_dir: Path
) -> None:
    stranger = Firm(owner=firm.owner, client=other_firm.client)

    assert send(stranger).status_code == 404
    assert files(storage_dir) == []


def test_a_page_without_its_token_sends_nothing(firm: Firm, storage_dir: Path) -> None:
    page = APIClient(enforce_csrf_checks=True)
    page.force_login(firm.owner.user)

    answer = send(Firm(owner=firm.owner, client=page))

    assert answer.status_code == 403
    assert files(storage_dir) == []


def test_a_page_with_its_token_sends_like_a_program(firm: Firm) -> None:
    page = APIClient(enforce_csrf_checks=True)
    page.force_login(firm.owner.user)
    page.cookies["csrftoken"] = token = "a" * 32

    answer = send(
        Firm(owner=firm.owner, client=page),
        headers={"X-CSRFToken": token},
        keep_extra=1,
    )

    assert answer.status_code == 201, answer.content
    assert only_upload(firm).keep_extra
