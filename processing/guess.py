"""Landing by a guess while the whole file is surveyed, and never against the survey.

The guess comes from the beginning of the file. Its rows stay in the open transaction
until the survey of all of it has said the same.
"""

import dataclasses
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Protocol

from django.db import connection

from processing import terms
from processing.errors import SupersededError
from processing.limits import reading_limits
from processing.pipeline.findings import Hints, Understanding
from processing.pipeline.reader import understand
from uploads.services import lifecycle
from uploads.services.work import UploadWork


class MisreadError(Exception):
    """The survey understood the file otherwise than the guess, or has questions."""


def survey_file(work: UploadWork, hints: Hints) -> Understanding:
    """Understand the whole file and record how; the upload is then being processed.

    Raises ``FileError``, or ``SupersededError`` if the upload waits no longer.
    """
    understanding = understand(work.path, hints, reading_limits())
    if not lifecycle.record_detection(work, terms.detection_of(understanding)):
        raise SupersededError
    return understanding


class Assurance(Protocol):
    """Whether the understanding by which a file is read is the right one."""

    def check(self) -> None:
        """Raise if it is known by now that it is not."""

    def confirm(self) -> None:
        """Wait until it is known, and raise if it is not."""


class Sure:
    """The assurance of an understanding that comes from all of the file."""

    def check(self) -> None: ...

    def confirm(self) -> None: ...


class Survey:
    """The assurance of a guess: the survey of all of the file, still under way.

    Raises ``MisreadError``, or what the survey raised.
    """

    def __init__(self, full: "Surveying", guess: Understanding) -> None:
        self._full, self._guess = full, guess

    def check(self) -> None:
        self._full.begin()
        if self._full.is_done():
            self.confirm()

    def confirm(self) -> None:
        full = self._full.result()
        if full.questions or not full.reads_like(self._guess):
            raise MisreadError


SURE = Sure()


def guess_file(work: UploadWork, hints: Hints, *, within: int) -> Understanding:
    """Return how the beginning of the file is understood."""
    guess = understand(work.path, hints, reading_limits(), within=within)
    return dataclasses.replace(guess, total_bytes=work.path.stat().st_size)


class Surveying:
    """The survey of a whole file in a thread of its own, begun when it is asked for.

    Begun at once, it would take the processor from the guess and from the first rows,
    for which Postgres is waiting.
    """

    def __init__(self, survey: Callable[[], Understanding], executor: Executor) -> None:
        self._survey, self._executor = survey, executor
        self._future: Future[Understanding] | None = None

    def begin(self) -> None:
        """Begin, unless that was done."""
        self._under_way()

    def is_done(self) -> bool:
        return self._future is not None and self._future.done()

    def result(self) -> Understanding:
        """Begin if need be, wait, and return what the survey says, or raise it."""
        return self._under_way().result()

    def _under_way(self) -> Future[Understanding]:
        if self._future is None:
            self._future = self._executor.submit(self._survey)
        return self._future


@contextmanager
def surveying(work: UploadWork, hints: Hints) -> Iterator[Surveying]:
    """Offer the survey of the file; its thread ends with the block."""

    def survey() -> Understanding:
        try:
            return survey_file(work, hints)
        finally:
            connection.close()

    with ThreadPoolExecutor(1, thread_name_prefix="survey") as executor:
        yield Surveying(survey, executor)
