"""What each role may do, as data. The only place that decides it (design.md, Data)."""

import enum


class Permission(enum.StrEnum):
    """Something a member of a company may do."""

    VIEW = "view"
    UPLOAD = "upload"
    EXPORT = "export"
    MANAGE_USERS = "manage_users"
    DELETE_DATA = "delete_data"
    MANAGE_COMPANY = "manage_company"


class Role(enum.StrEnum):
    """A member's role, from most to least."""

    OWNER = "owner"
    ADMIN = "admin"
    MANAGER = "manager"
    ANALYST = "analyst"
    VIEWER = "viewer"


PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: frozenset(Permission),
    Role.ADMIN: frozenset(Permission)
    - {Permission.DELETE_DATA, Permission.MANAGE_COMPANY},
    Role.MANAGER: frozenset({Permission.VIEW, Permission.UPLOAD, Permission.EXPORT}),
    Role.ANALYST: frozenset({Permission.VIEW, Permission.EXPORT}),
    Role.VIEWER: frozenset({Permission.VIEW}),
}


def may(role: str, permission: Permission) -> bool:
    """Return whether ``role`` holds ``permission``; an unknown role holds none."""
    try:
        return permission in PERMISSIONS[Role(role)]
    except ValueError:
        return False
