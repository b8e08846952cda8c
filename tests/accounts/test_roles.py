import pytest

from accounts.roles import PERMISSIONS, Permission, Role, may

VIEW, UPLOAD, EXPORT = Permission.VIEW, Permission.UPLOAD, Permission.EXPORT
MANAGE_USERS = Permission.MANAGE_USERS


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        (Role.OWNER, set(Permission)),
        (Role.ADMIN, {VIEW, UPLOAD, EXPORT, MANAGE_USERS}),
        (Role.MANAGER, {VIEW, UPLOAD, EXPORT}),
        (Role.ANALYST, {VIEW, EXPORT}),
        (Role.VIEWER, {VIEW}),
    ],
)
def test_a_role_may_do_what_the_design_says_and_no_more(
    role: Role, allowed: set[Permission]
) -> None:
    assert {permission for permission in Permission if may(role, permission)} == allowed


def test_every_role_is_decided() -> None:
    assert set(PERMISSIONS) == set(Role)


def test_an_unknown_role_may_nothing() -> None:
    assert not any(may("janitor", permission) for permission in Permission)
