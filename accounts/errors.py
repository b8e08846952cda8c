"""What a client of the API can be told: a code that never changes, and facts."""

from typing import ClassVar


class ProblemError(Exception):
    """Base of everything a client can be told. ``facts`` become its ``details``.

    A subclass sets ``code``, ``template`` (filled with the facts) and ``http_status``.
    The message is safe to show: no cell contents, credentials or paths. A fact named
    ``retry_after_seconds`` becomes the header ``Retry-After`` as well.
    """

    code: ClassVar[str] = ""
    template: ClassVar[str] = ""
    http_status: ClassVar[int] = 400

    def __init__(self, **facts: object) -> None:
        super().__init__(self.template.format(**facts))
        self.facts = facts


class InvalidTokenError(ProblemError):
    """The token is not ours, expired or revoked; refresh it or sign in again."""

    code: ClassVar[str] = "invalid_token"
    template: ClassVar[str] = "the token is invalid, expired or revoked; sign in again"
    http_status: ClassVar[int] = 401


class WrongCredentialsError(ProblemError):
    """Nobody has this address with this password; which of the two is not said."""

    code: ClassVar[str] = "wrong_credentials"
    template: ClassVar[str] = "no active account has this e-mail and password"
    http_status: ClassVar[int] = 401


class SignInLockedError(ProblemError):
    """Too many wrong passwords from one address; wait. Also for unknown people."""

    code: ClassVar[str] = "sign_in_locked"
    template: ClassVar[str] = (
        "too many wrong passwords; try again in {retry_after_seconds} s"
    )
    http_status: ClassVar[int] = 429


class CsrfFailedError(ProblemError):
    """A cookie signs the request, but it does not prove that our page sent it.

    Programs sign in with a token instead; pages send the header ``X-CSRFToken``.
    """

    code: ClassVar[str] = "csrf_failed"
    template: ClassVar[str] = "the CSRF token is missing or wrong; reload the page"
    http_status: ClassVar[int] = 403


class EmailTakenError(ProblemError):
    """Somebody is registered with this address; sign in instead."""

    code: ClassVar[str] = "email_taken"
    template: ClassVar[str] = "this e-mail is registered already; sign in instead"
    http_status: ClassVar[int] = 409


class WeakPasswordError(ProblemError):
    """The new password is too easy to guess; ``reasons`` says why."""

    code: ClassVar[str] = "weak_password"
    template: ClassVar[str] = "the password is too easy to guess"


class WrongPasswordError(ProblemError):
    """The current password, asked for to change it, is not right."""

    code: ClassVar[str] = "wrong_password"
    template: ClassVar[str] = "the current password is not right"


class CompanyNotFoundError(ProblemError):
    """No such company, or one the person is not a member of: the two look the same."""

    code: ClassVar[str] = "company_not_found"
    template: ClassVar[str] = "no such company"
    http_status: ClassVar[int] = 404


class PermissionDeniedError(ProblemError):
    """The person's role in the company does not allow this; ask an owner."""

    code: ClassVar[str] = "permission_denied"
    template: ClassVar[str] = "your role ({role}) lacks the permission {permission}"
    http_status: ClassVar[int] = 403


class RutTakenError(ProblemError):
    """A company with this RUT exists; ask its owner to be let in."""

    code: ClassVar[str] = "rut_taken"
    template: ClassVar[str] = "a company with the RUT {rut} exists already"
    http_status: ClassVar[int] = 409


class InvalidRutError(ProblemError):
    """The text is no RUT: its form or its check digit is wrong."""

    code: ClassVar[str] = "invalid_rut"
    template: ClassVar[str] = "not a RUT: its form or its check digit is wrong"


class MemberNotFoundError(ProblemError):
    """The company has no such member."""

    code: ClassVar[str] = "member_not_found"
    template: ClassVar[str] = "the company has no such member"
    http_status: ClassVar[int] = 404


class PersonNotFoundError(ProblemError):
    """Nobody is registered with this address; they register first."""

    code: ClassVar[str] = "person_not_found"
    template: ClassVar[str] = "nobody is registered with this e-mail"


class AlreadyMemberError(ProblemError):
    """The person is a member of the company already; change the role instead."""

    code: ClassVar[str] = "already_member"
    template: ClassVar[str] = "this person is a member already"
    http_status: ClassVar[int] = 409


class LastOwnerError(ProblemError):
    """The company would be left without an owner; name another owner first."""

    code: ClassVar[str] = "last_owner"
    template: ClassVar[str] = "a company keeps at least one owner; name another first"
    http_status: ClassVar[int] = 409


class RoleTooHighError(ProblemError):
    """Only an owner makes, changes or removes an owner."""

    code: ClassVar[str] = "role_too_high"
    template: ClassVar[str] = "only an owner makes, changes or removes an owner"
    http_status: ClassVar[int] = 403


class InvalidCursorError(ProblemError):
    """The cursor was not given out by this list; start without one."""

    code: ClassVar[str] = "invalid_cursor"
    template: ClassVar[str] = "the cursor is not one of this list; start without it"
