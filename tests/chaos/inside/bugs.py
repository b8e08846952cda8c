"""Mistakes that the checker has to find, built into a stack that asks for one.

They replace parts of the product in that stack's processes; the product has none.
"""

import dataclasses
import importlib
import types
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import transaction

from jobs import enqueue, points
from jobs.fence import CurrentJob
from uploads.services import lifecycle
from uploads.states import Status


def install(name: str) -> None:
    """Build the mistake into this process; without a name nothing happens."""
    if name:
        BUGS[name]()


def remove_fence() -> None:
    """Let whoever comes to the end of an upload complete it, lease or no lease."""
    change = lifecycle._change

    def change_anyway(
        upload_id: Any, values: Mapping[str, Any], **conditions: Any
    ) -> Any:
        if values.get("status") in {Status.PROCESSING, Status.COMPLETED}:
            conditions = {"sources": set(Status)}
        return change(upload_id, values, **conditions)

    def hold(_job: CurrentJob) -> None:
        points.reach("before_commit")

    _replace(lifecycle, "_change", change_anyway)
    _replace(CurrentJob, "hold", hold)


def send_before_commit() -> None:
    """Send a job's message at once instead of after the transaction that writes it."""

    def run_now(send: Callable[[], object]) -> None:
        send()

    impatient = types.SimpleNamespace(on_commit=run_now, atomic=transaction.atomic)
    _replace(enqueue, "transaction", impatient)


def commit_batches() -> None:
    """Commit the rows of each batch when they are copied."""
    table = importlib.import_module("processing.direct")._Table
    copy = importlib.import_module("processing.copy.direct")
    take = table.take

    def take_and_commit(self: Any, batch: Any) -> None:
        take(self, batch)
        self._cursor.connection.commit()
        copy.take_turn(self._cursor, self._target)

    _replace(table, "take", take_and_commit)


def share_keys() -> None:
    """Leave the company out of the key by which staged rows meet those of the table."""
    statements = importlib.import_module("processing.copy.statements")
    for name, condition in (
        ("MATCH", "landed.company_id = {company}\n        AND "),
        ("UPDATE_CHANGED", "\n        AND landed.company_id = {company}"),
    ):
        statement = getattr(statements, name)
        assert condition in statement
        _replace(statements, name, statement.replace(condition, ""))


def lose_refused_rows() -> None:
    """Skip a refused row of each batch without a word."""
    reading = importlib.import_module("processing.reading")
    read_batches = reading.read_batches

    def read_fewer(*args: Any, **options: Any) -> Iterator[Any]:
        for batch in read_batches(*args, **options):
            kept = tuple(batch.rejects)[1:]
            lost = len(batch.rejects) - len(kept)
            stats = dataclasses.replace(batch.stats, records=batch.stats.records - lost)
            counts = Counter(reject.code for reject in kept)
            yield dataclasses.replace(
                batch, rejects=kept, reject_counts=counts, stats=stats
            )

    _replace(reading, "read_batches", read_fewer)


def _replace(owner: Any, name: str, value: Any) -> None:
    assert hasattr(owner, name), f"{owner} has no {name} any more"
    setattr(owner, name, value)


BUGS: Mapping[str, Callable[[], None]] = {
    "no fence": remove_fence,
    "sent before commit": send_before_commit,
    "committed by batches": commit_batches,
    "keys without company": share_keys,
    "refused rows lost": lose_refused_rows,
}
