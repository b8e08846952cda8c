import pytest
from structlog.testing import capture_logs

from accounts.access import is_member
from accounts.models import Membership
from accounts.roles import Role
from tests.accounts.people import Firm, a_firm, a_member, a_person, api

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm() -> Firm:
    return a_firm()


def member_url(firm: Firm, member: Membership) -> str:
    return f"{firm.url}members/{member.pk}/"


def test_a_registered_person_is_let_in(firm: Firm) -> None:
    ana = a_person("ana@almacen.cl")

    answer = firm.client.post(
        f"{firm.url}members/", {"email": "ANA@almacen.cl", "role": "analyst"}
    )

    assert (answer.status_code, answer.json()["role"]) == (201, "analyst")
    assert is_member(ana.pk, firm.company_id)


def test_whom_nobody_knows_cannot_be_let_in(firm: Firm) -> None:
    answer = firm.client.post(
        f"{firm.url}members/", {"email": "nadie@almacen.cl", "role": "viewer"}
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "person_not_found")


def test_nobody_is_a_member_twice(firm: Firm) -> None:
    member = a_member(firm.company, Role.VIEWER)

    answer = firm.client.post(
        f"{firm.url}members/", {"email": member.user.email, "role": "admin"}
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "already_member")


def test_a_changed_role_is_recorded(firm: Firm) -> None:
    member = a_member(firm.company, Role.VIEWER)

    with capture_logs() as lines:
        firm.client.patch(member_url(firm, member), {"role": "manager"})

    member.refresh_from_db()
    assert member.role == Role.MANAGER
    assert dict(lines[-1]) == {
        "event": "member_role_changed",
        "user_id": str(firm.owner.user_id),
        "company_id": str(firm.company_id),
        "member_id": str(member.user_id),
        "role": "manager",
        "log_level": "info",
    }


def test_a_removed_member_is_out(firm: Firm) -> None:
    member = a_member(firm.company, Role.VIEWER)

    answer = firm.client.delete(member_url(firm, member))

    assert answer.status_code == 204
    assert api(member.user).get(firm.url).status_code == 404


def test_the_last_owner_stays_one(firm: Firm) -> None:
    a_member(firm.company, Role.ADMIN)
    url = member_url(firm, firm.owner)

    demoted = firm.client.patch(url, {"role": "viewer"})
    removed = firm.client.delete(url)

    assert demoted.json()["code"] == removed.json()["code"] == "last_owner"
    assert firm.client.patch(url, {"role": "owner"}).status_code == 200


def test_an_owner_who_cannot_sign_in_does_not_count(firm: Firm) -> None:
    gone = a_member(firm.company)
    gone.user.is_active = False
    gone.user.save()

    answer = firm.client.delete(member_url(firm, firm.owner))

    assert answer.json()["code"] == "last_owner"


def test_an_admin_neither_makes_nor_touches_an_owner(firm: Firm) -> None:
    admin = a_member(firm.company, Role.ADMIN)
    client, owner = api(admin.user), member_url(firm, firm.owner)
    person = {"email": a_person().email, "role": "owner"}

    answers = [
        client.post(f"{firm.url}members/", person),
        client.patch(member_url(firm, admin), {"role": "owner"}),
        client.patch(owner, {"role": "viewer"}),
        client.delete(owner),
    ]

    assert [answer.json()["code"] for answer in answers] == ["role_too_high"] * 4


def test_members_of_another_company_are_not_reached_through_ones_own(
    firm: Firm,
) -> None:
    stranger = a_firm().owner
    url = member_url(firm, stranger)

    answers = [
        firm.client.get(url),
        firm.client.patch(url, {"role": "viewer"}),
        firm.client.delete(url),
    ]

    assert [it.json()["code"] for it in answers] == ["member_not_found"] * 3
    assert Membership.objects.get(pk=stranger.pk).role == Role.OWNER


def test_members_are_listed_newest_first_with_who_they_are(firm: Firm) -> None:
    newest = a_member(firm.company, Role.VIEWER)

    listed = firm.client.get(f"{firm.url}members/").json()["results"]

    assert [it["email"] for it in listed] == [
        newest.user.email,
        firm.owner.user.email,
    ]
