"""The demo's shop, its owner and its operator. Made once, found again afterwards."""

import dataclasses
import json
import os
import secrets
import uuid
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction

from accounts.models import Company, Industry, Membership, User
from accounts.roles import Role

FILE_NAME = "demo.json"
OWNER_EMAIL = "duena@demo.ayni.example"
OPERATOR_EMAIL = "operador@demo.ayni.example"
COMPANY_NAME = "Almacén Doña Inés"
COMPANY_RUT = "76.192.083-9"
# 96 bits: nobody guesses it, and it can still be typed.
PASSWORD_BYTES = 12


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Login:
    """Who signs in to the demo, and with what."""

    email: str
    password: str


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """The demo's company and the people who may look at it."""

    company_id: uuid.UUID
    owner: Login
    operator: Login


def open_shop(folder: Path) -> Shop:
    """Return the demo's shop, made if need be. Safe to call twice.

    The passwords are made once a folder and kept there, readable by its owner only;
    whatever they were changed to meanwhile, they are set again.
    """
    passwords = _passwords(folder / FILE_NAME)
    owner = Login(email=OWNER_EMAIL, password=passwords["owner"])
    operator = Login(email=OPERATOR_EMAIL, password=passwords["operator"])
    with transaction.atomic():
        person = _person(owner, values={"full_name": "Inés Demo"})
        _person(operator, values={"full_name": "Operador Demo", "is_staff": True})
        company = _company()
        Membership.objects.update_or_create(
            user=person, company=company, defaults={"role": Role.OWNER}
        )
    return Shop(company_id=company.pk, owner=owner, operator=operator)


def _person(login: Login, *, values: Mapping[str, str | bool]) -> User:
    user = User.objects.filter(email=login.email).first()
    if user is None:
        return User.objects.create_user(login.email, login.password, **values)
    if not (user.is_active and user.check_password(login.password)):
        user.is_active = True
        user.set_password(login.password)
        user.save()
    return user


def _company() -> Company:
    """Return the demo's company; a deleted one comes back."""
    company, _ = Company.with_deleted.update_or_create(
        rut=COMPANY_RUT,
        defaults={"deleted_at": None},
        create_defaults={"name": COMPANY_NAME, "industry": Industry.RETAIL},
    )
    return company


def _passwords(path: Path) -> dict[str, str]:
    try:
        kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        kept = {
            name: secrets.token_urlsafe(PASSWORD_BYTES)
            for name in ("owner", "operator")
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(kept, file)
    return kept
