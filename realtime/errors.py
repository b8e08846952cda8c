"""Why a socket is closed by us. Each has the close code that browsers see.

The 4000s are ours and follow the HTTP statuses they resemble; the 1000s are those of
RFC 6455. All are sent after the socket was accepted: a browser reports any refusal
before that as 1006, which says nothing.
"""

from typing import ClassVar


class SocketError(Exception):
    """A socket cannot stay open; ``close_code`` tells the other side why."""

    code: ClassVar[str] = ""
    close_code: ClassVar[int]

    def __init__(self) -> None:
        super().__init__(self.code)


class ProtocolMissingError(SocketError):
    """The client did not offer our subprotocol; it must offer ``ayni.v1``."""

    code = "subprotocol_missing"
    close_code = 4400


class SignInNeededError(SocketError):
    """Nobody is signed in, or no longer; sign in or take a new token."""

    code = "sign_in_needed"
    close_code = 4401


class OriginRefusedError(SocketError):
    """The page that opened the socket is not one of ours."""

    code = "origin_refused"
    close_code = 4403


class SubjectNotFoundError(SocketError):
    """No such upload or company, or another company's: the two look the same."""

    code = "subject_not_found"
    close_code = 4404


class TooManySocketsError(SocketError):
    """One person holds too many sockets; close another tab first."""

    code = "too_many_sockets"
    close_code = 4429


class TextOnlyError(SocketError):
    """The client sent something that is not a JSON text frame."""

    code = "text_only"
    close_code = 1003


class TooManyFramesError(SocketError):
    """The client sends more frames a second than anybody needs."""

    code = "too_many_frames"
    close_code = 1008


class FrameTooLargeError(SocketError):
    """The client sent a longer frame than anybody needs."""

    code = "frame_too_large"
    close_code = 1009
