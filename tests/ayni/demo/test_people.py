from pathlib import Path

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from accounts.models import Company, Membership, User
from ayni.demo.people import FILE_NAME, open_shop

pytestmark = pytest.mark.django_db


def test_the_shop_is_opened_once_and_found_again(tmp_path: Path) -> None:
    first = open_shop(tmp_path)

    second = open_shop(tmp_path)

    assert first == second
    counts = [model.objects.count() for model in (User, Company, Membership)]
    assert counts == [2, 1, 1]


def test_owner_and_operator_can_sign_in_and_only_one_is_staff(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)

    people = [
        authenticate(username=login.email, password=login.password)
        for login in (shop.owner, shop.operator)
    ]

    assert [person is not None and person.is_staff for person in people] == [
        False,
        True,
    ]


def test_the_passwords_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    open_shop(tmp_path)

    assert (tmp_path / FILE_NAME).stat().st_mode & 0o077 == 0


def test_what_was_changed_meanwhile_is_put_right(tmp_path: Path) -> None:
    shop = open_shop(tmp_path)
    Company.objects.update(deleted_at=timezone.now())
    user = User.objects.get(email=shop.owner.email)
    user.set_password("something-else-entirely")
    user.is_active = False
    user.save()

    open_shop(tmp_path)

    assert Company.objects.get().pk == shop.company_id
    assert authenticate(username=shop.owner.email, password=shop.owner.password)
