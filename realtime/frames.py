"""What a client may send us: short text frames, few a second. Pure."""

from realtime.errors import FrameTooLargeError, TextOnlyError, TooManyFramesError

# security.md, 38. A client of ours sends a ping now and then and nothing else.
FRAME_CHARS = 64 * 1024
FRAMES_PER_SECOND = 20


class FrameLimit:
    """Count one socket's incoming frames."""

    def __init__(self) -> None:
        self._count = 0
        self._since = float("-inf")

    def take(self, text: str | None, *, now: float) -> str:
        """Return the frame's text; ``now`` is in seconds from any fixed moment.

        Raises the ``SocketError`` with which the socket is to be closed.
        """
        if now - self._since >= 1:
            self._count, self._since = 0, now
        self._count += 1
        if self._count > FRAMES_PER_SECOND:
            raise TooManyFramesError
        if text is None:
            raise TextOnlyError
        if len(text) > FRAME_CHARS:
            raise FrameTooLargeError
        return text
