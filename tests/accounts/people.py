"""People and companies for tests."""

import itertools
import uuid
from dataclasses import dataclass
from typing import Any

from rest_framework.test import APIClient
from stdnum.cl import rut

from accounts import tokens
from accounts.models import Company, Membership, User
from accounts.roles import Role

PASSWORD = "una-clave-bien-larga-4711"
NUMBERS = itertools.count(10_000_000)


def new_rut() -> str:
    body = str(next(NUMBERS))
    return rut.format(f"{body}{rut.calc_check_digit(body)}")


def a_person(email: str = "", **extra: Any) -> User:
    return User.objects.create_user(
        email or f"persona{next(NUMBERS)}@example.cl", PASSWORD, **extra
    )


def a_company(name: str = "Almacén Ñuñoa") -> Company:
    return Company.objects.create(name=name, rut=new_rut())


def a_member(company: Company, role: Role = Role.OWNER) -> Membership:
    return Membership.objects.create(company=company, user=a_person(), role=role)


def api(user: User | None = None) -> APIClient:
    """Return a client that signs with a token of ``user``, if there is one."""
    client = APIClient()
    if user is not None:
        access = tokens.issue(user).access
        client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    return client


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A company with its owner, and a client who signs in as the owner."""

    owner: Membership
    client: APIClient

    @property
    def company(self) -> Company:
        return self.owner.company

    @property
    def company_id(self) -> uuid.UUID:
        return self.owner.company_id

    @property
    def url(self) -> str:
        return f"/api/v1/companies/{self.company_id}/"


def a_firm() -> Firm:
    owner = a_member(a_company())
    return Firm(owner=owner, client=api(owner.user))
