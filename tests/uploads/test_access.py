"""Who reaches an upload: members with the right role, and nobody else."""

import uuid

import pytest
from django.utils import timezone

from accounts.errors import PermissionDeniedError
from accounts.models import Company, User
from accounts.roles import Permission, Role
from tests.accounts.people import Firm, a_member, a_person
from uploads import access
from uploads.errors import MappingNotFoundError, UploadNotFoundError
from uploads.models import ColumnMapping, Upload

pytestmark = pytest.mark.django_db


def test_a_member_is_let_in_with_their_role(firm: Firm, upload: Upload) -> None:
    membership = access.company_of_upload(
        firm.owner.user_id, upload.pk, Permission.DELETE_DATA
    )

    assert membership == firm.owner
    assert access.can_watch_upload(firm.owner.user_id, upload.pk)


def test_a_role_that_lacks_it_is_told_so(company: Company, upload: Upload) -> None:
    viewer = a_member(company, Role.VIEWER)

    with pytest.raises(PermissionDeniedError):
        access.company_of_upload(viewer.user_id, upload.pk, Permission.UPLOAD)
    assert access.can_watch_upload(viewer.user_id, upload.pk)


@pytest.mark.parametrize("who", ["stranger", "nobody", "left", "inactive"])
def test_for_everybody_else_there_is_no_upload(
    firm: Firm, upload: Upload, who: str
) -> None:
    user_id = outsider(firm, who)

    with pytest.raises(UploadNotFoundError):
        access.company_of_upload(user_id, upload.pk, Permission.VIEW)
    assert not access.can_watch_upload(user_id, upload.pk)


def outsider(firm: Firm, who: str) -> uuid.UUID:
    user: User = firm.owner.user
    if who == "nobody":
        return uuid.uuid4()
    if who == "stranger":
        return a_person().pk
    if who == "left":
        firm.owner.delete()
    if who == "inactive":
        User.objects.filter(pk=user.pk).update(is_active=False)
    return user.pk


def test_a_deleted_upload_or_company_is_gone(firm: Firm, upload: Upload) -> None:
    Company.objects.filter(pk=firm.company_id).update(deleted_at=timezone.now())
    assert not access.can_watch_upload(firm.owner.user_id, upload.pk)

    Company.with_deleted.filter(pk=firm.company_id).update(deleted_at=None)
    Upload.objects.of(firm.company_id).update(deleted_at=timezone.now())
    assert not access.can_watch_upload(firm.owner.user_id, upload.pk)


def test_an_upload_is_found_only_from_its_company(
    firm: Firm, other_firm: Firm, upload: Upload
) -> None:
    assert access.upload_of(firm.company_id, upload.pk) == upload
    with pytest.raises(UploadNotFoundError):
        access.upload_of(other_firm.company_id, upload.pk)


def test_a_mapping_is_found_only_from_its_company(firm: Firm, other_firm: Firm) -> None:
    mapping = ColumnMapping.objects.create(company=firm.company, name="Caja")

    assert access.mapping_of(firm.company_id, mapping.pk) == mapping
    with pytest.raises(MappingNotFoundError):
        access.mapping_of(other_firm.company_id, mapping.pk)
