"""The way to an upload: nobody reaches one but through here.

A company's absence and another company's upload look the same from outside.
"""

import uuid

from accounts.access import require
from accounts.errors import CompanyNotFoundError, PermissionDeniedError
from accounts.models import Membership
from accounts.roles import Permission
from uploads.errors import MappingNotFoundError, UploadNotFoundError
from uploads.models import ColumnMapping, Upload


def can_watch_upload(user_id: uuid.UUID, upload_id: uuid.UUID) -> bool:
    """Return whether the person may be told how the upload is doing."""
    try:
        company_of_upload(user_id, upload_id, Permission.VIEW)
    except (UploadNotFoundError, PermissionDeniedError):
        return False
    return True


def company_of_upload(
    user_id: uuid.UUID,
    upload_id: uuid.UUID,
    permission: Permission,
) -> Membership:
    """Return the person's membership in the upload's company.

    Raises ``UploadNotFoundError`` where there is no such upload or the person is not in
    its company, ``PermissionDeniedError`` where the role does not allow it.
    """
    company_id = (
        Upload.objects.across_tenants()
        .filter(pk=upload_id, deleted_at__isnull=True)
        .values_list("company_id", flat=True)
        .first()
    )
    if company_id is None:
        raise UploadNotFoundError
    try:
        return require(user_id, company_id, permission)
    except CompanyNotFoundError as exc:
        raise UploadNotFoundError from exc


def upload_of(company_id: uuid.UUID, upload_id: uuid.UUID) -> Upload:
    """Return the company's upload, or raise ``UploadNotFoundError``."""
    upload = (
        Upload.objects.of(company_id)
        .filter(pk=upload_id, deleted_at__isnull=True)
        .select_related("user")
        .first()
    )
    if upload is None:
        raise UploadNotFoundError
    return upload


def mapping_of(company_id: uuid.UUID, mapping_id: uuid.UUID) -> ColumnMapping:
    """Return the company's mapping, or raise ``MappingNotFoundError``."""
    mapping = ColumnMapping.objects.of(company_id).filter(pk=mapping_id).first()
    if mapping is None:
        raise MappingNotFoundError
    return mapping
