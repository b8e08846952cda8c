"""How often one socket is told about an upload: the newest state, a few times a second.

Pure: the clock is an argument, in seconds from any fixed moment.
"""

import collections
import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from realtime.events import UploadProgressed

# Uploads whose last sequence number one socket remembers. A company with more in one
# sitting may see an old event again, which the browser drops by its number.
REMEMBERED_UPLOADS = 500


@dataclasses.dataclass(slots=True)
class _Told:
    """What was said about one upload, and what is still to be said."""

    sequence: int = -1
    progress_at: float = float("-inf")
    held: Mapping[str, Any] | None = None


class Pacer:
    """Decide when each event goes out.

    Progress goes out at most ``per_second`` times a second for an upload; what comes
    in between replaces what was held. Every other event goes out at once. Events with
    a sequence number that was already seen are dropped.
    """

    def __init__(self, *, per_second: float) -> None:
        self._pause_seconds = 1 / per_second
        self._uploads: collections.OrderedDict[str, _Told] = collections.OrderedDict()

    def remember(self, upload_id: str, sequence: int) -> None:
        """Drop events up to ``sequence``: the client knows that state already."""
        self._told(upload_id).sequence = sequence

    def admit(self, event: Mapping[str, Any], *, now: float) -> bool:
        """Return whether ``event`` is to be sent now; otherwise it is held or dropped.

        A held event comes out of ``due``.
        """
        told = self._told(event["upload_id"])
        if event["sequence"] <= told.sequence:
            return False
        told.sequence = event["sequence"]
        if event["type"] != UploadProgressed.type:
            told.held = None
            return True
        return self._admit_progress(told, event, now=now)

    def next_due(self) -> float | None:
        """Return when the next held event may go out; ``None`` if none is held."""
        moments = [
            told.progress_at + self._pause_seconds
            for told in self._uploads.values()
            if told.held is not None
        ]
        return min(moments, default=None)

    def due(self, *, now: float) -> Iterator[Mapping[str, Any]]:
        """Yield held events whose time has come; each comes out once."""
        for told in self._uploads.values():
            if told.held is not None and now - told.progress_at >= self._pause_seconds:
                event, told.held, told.progress_at = told.held, None, now
                yield event

    def _admit_progress(
        self, told: _Told, event: Mapping[str, Any], *, now: float
    ) -> bool:
        if told.held is None and now - told.progress_at >= self._pause_seconds:
            told.progress_at = now
            return True
        told.held = event
        return False

    def _told(self, upload_id: str) -> _Told:
        told = self._uploads.setdefault(upload_id, _Told())
        self._uploads.move_to_end(upload_id)
        if len(self._uploads) > REMEMBERED_UPLOADS:
            self._uploads.popitem(last=False)
        return told
