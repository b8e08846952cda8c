import uuid

import pytest
from django.utils import timezone

from accounts.access import companies_of, is_member, require
from accounts.errors import CompanyNotFoundError, PermissionDeniedError
from accounts.models import Membership
from accounts.roles import Permission, Role
from tests.accounts.people import a_company, a_member, a_person

pytestmark = pytest.mark.django_db


def end_company(member: Membership) -> None:
    member.company.deleted_at = timezone.now()
    member.company.save()


def end_person(member: Membership) -> None:
    member.user.is_active = False
    member.user.save()


def end_membership(member: Membership) -> None:
    Membership.objects.filter(pk=member.pk).delete()


def test_a_member_with_the_permission_gets_in() -> None:
    member = a_member(a_company(), Role.ANALYST)

    found = require(member.user_id, member.company_id, Permission.EXPORT)

    assert (found, found.company) == (member, member.company)


def test_a_role_without_the_permission_is_told_so() -> None:
    member = a_member(a_company(), Role.VIEWER)

    with pytest.raises(PermissionDeniedError) as caught:
        require(member.user_id, member.company_id, Permission.UPLOAD)

    assert caught.value.facts == {"role": "viewer", "permission": "upload"}


@pytest.mark.parametrize("end", [end_company, end_person, end_membership])
def test_whoever_is_no_longer_a_member_finds_nothing(end: object) -> None:
    member = a_member(a_company())
    assert is_member(member.user_id, member.company_id)

    end(member)  # type: ignore[operator]

    assert not is_member(member.user_id, member.company_id)
    assert companies_of(member.user_id) == ()
    with pytest.raises(CompanyNotFoundError):
        require(member.user_id, member.company_id, Permission.VIEW)


def test_another_company_and_none_at_all_are_told_apart_by_nothing() -> None:
    stranger, member = a_person(), a_member(a_company())

    with pytest.raises(CompanyNotFoundError) as others:
        require(stranger.pk, member.company_id, Permission.VIEW)
    with pytest.raises(CompanyNotFoundError) as nothing:
        require(stranger.pk, uuid.uuid4(), Permission.VIEW)

    assert (str(others.value), others.value.facts) == (str(nothing.value), {})


def test_companies_come_by_name() -> None:
    person = a_person()
    for name in ("Ñandú", "Almacén", "Botica"):
        Membership.objects.create(
            user=person, company=a_company(name), role=Role.VIEWER
        )

    names = [membership.company.name for membership in companies_of(person.pk)]

    assert names[:2] == ["Almacén", "Botica"]
