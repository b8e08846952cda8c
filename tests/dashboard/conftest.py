"""A shop with its owner signed in, as most tests of the pages start."""

import pytest
from django.test import Client
from django.utils import translation

from accounts.models import Company, User
from tests.accounts.people import a_company, a_member


@pytest.fixture(autouse=True)
def _restored_language() -> None:
    translation.deactivate_all()


@pytest.fixture
def company() -> Company:
    return a_company()


@pytest.fixture
def owner(company: Company) -> User:
    return a_member(company).user


@pytest.fixture
def client(owner: User) -> Client:
    return signed_in(owner)


def signed_in(user: User, *, language: str = "es") -> Client:
    client = Client(headers={"accept-language": language})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
