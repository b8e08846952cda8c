"""What must hold when two people, or one and a thief, do the same at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts import tokens
from accounts.errors import InvalidTokenError, ProblemError
from accounts.models import Membership
from accounts.roles import Role
from accounts.services import companies, members
from tests.accounts.people import a_company, a_member, a_person, new_rut

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 10


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run all at the same moment; return what each returned or raised of ours."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        barrier.wait(timeout=10)
        try:
            return call()
        except ProblemError as exc:
            return exc
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_two_owners_who_remove_each_other_leave_one() -> None:
    for _ in range(ROUNDS):
        company = a_company()
        pair = [a_member(company), a_member(company)]

        def remove(actor: Membership, other: Membership) -> Callable[[], object]:
            change = members.Change(user_id=actor.user_id, company_id=actor.company_id)
            return lambda: members.remove(change, other.pk)

        at_once(remove(pair[0], pair[1]), remove(pair[1], pair[0]))

        assert company.memberships.filter(role=Role.OWNER).count() == 1


def test_two_owners_who_step_down_at_once_leave_one() -> None:
    for _ in range(ROUNDS):
        company = a_company()

        def step_down(member: Membership) -> Callable[[], object]:
            change = members.Change(
                user_id=member.user_id, company_id=member.company_id
            )
            return lambda: members.change_role(change, member.pk, role=Role.VIEWER)

        at_once(*[step_down(a_member(company)) for _ in range(2)])

        assert company.memberships.filter(role=Role.OWNER).count() == 1


def test_one_refresh_token_used_twice_at_once_ends_its_sign_in() -> None:
    for _ in range(ROUNDS):
        pair = tokens.issue(a_person())

        results = at_once(*[lambda: tokens.rotate(pair.refresh)] * 2)  # noqa: B023 - ends before the next round

        given = [it for it in results if isinstance(it, tokens.TokenPair)]
        assert len(given) == 1
        with pytest.raises(InvalidTokenError):
            tokens.user_of(given[0].access)


def test_one_rut_founds_one_company() -> None:
    number, owner = new_rut(), a_person()

    results = at_once(
        *[lambda: companies.found(owner, {"name": "Doble", "rut": number})] * 4
    )

    assert sum(not isinstance(result, ProblemError) for result in results) == 1
