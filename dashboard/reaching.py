"""Who asks, and the way to an upload: what may not be seen does not exist."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from accounts.errors import PermissionDeniedError
from accounts.models import User
from accounts.roles import Permission
from uploads.access import company_of_upload
from uploads.errors import UploadNotFoundError


def reach(
    request: HttpRequest,
    upload_id: uuid.UUID,
    *,
    permission: Permission = Permission.VIEW,
) -> uuid.UUID:
    """Return the company of an upload the person may use in this way.

    Raises ``Http404`` where there is no such upload or it is another company's, and
    ``PermissionDenied`` where the person's role does not allow it.
    """
    person = person_of(request)
    try:
        membership = company_of_upload(person.pk, upload_id, permission)
    except UploadNotFoundError as exc:
        raise Http404 from exc
    except PermissionDeniedError as exc:
        raise PermissionDenied from exc
    company_id: uuid.UUID = membership.company.pk
    return company_id


def person_of(request: HttpRequest) -> User:
    """Return who is signed in; only for views that ask everybody to sign in first."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
