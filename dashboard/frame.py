"""What every page's frame shows: the person's companies and the one in use.

The one in use is kept in the session; whoever has not chosen gets the first by name.
"""

import dataclasses
import uuid

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.access import companies_of
from accounts.models import Membership, User
from accounts.roles import Permission, may

SESSION_KEY = "company_id"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class CompanyInUse:
    """One company of a person as pages see it, with what the person may do in it."""

    id: uuid.UUID
    name: str
    time_zone: str
    may_upload: bool
    may_export: bool
    may_delete: bool


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What the header shows. Without a company ``time_zone`` is empty."""

    companies: tuple[CompanyInUse, ...] = ()
    company: CompanyInUse | None = None

    @property
    def time_zone(self) -> str:
        return self.company.time_zone if self.company else ""


def frame_of(request: HttpRequest, *, company_id: uuid.UUID | None = None) -> Frame:
    """Return the frame for the person who asks.

    ``company_id`` makes that company the one in use from now on; one the person does
    not belong to changes nothing.
    """
    if not isinstance(request.user, User):
        return Frame()
    companies = tuple(map(_company_in_use, companies_of(request.user.pk)))
    by_id = {str(company.id): company for company in companies}
    wanted = str(company_id or request.session.get(SESSION_KEY, ""))
    chosen = by_id.get(wanted) or next(iter(companies), None)
    if company_id and chosen and request.session.get(SESSION_KEY) != str(chosen.id):
        request.session[SESSION_KEY] = str(chosen.id)
    return Frame(companies=companies, company=chosen)


def frame(request: HttpRequest) -> dict[str, object]:
    """Give templates ``frame``; nothing is read for a page that does not show it."""
    return {"frame": SimpleLazyObject(lambda: frame_of(request))}


def _company_in_use(membership: Membership) -> CompanyInUse:
    return CompanyInUse(
        id=membership.company.pk,
        name=membership.company.name,
        time_zone=membership.company.time_zone,
        may_upload=may(membership.role, Permission.UPLOAD),
        may_export=may(membership.role, Permission.EXPORT),
        may_delete=may(membership.role, Permission.DELETE_DATA),
    )
