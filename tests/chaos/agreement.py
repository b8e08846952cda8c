"""Whether what is told agrees with what is in the tables (I3, I4, I10)."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from tests.chaos.ground import Ground
from tests.chaos.invariants import Sent
from tests.flows.client import Shop

COUNTS = (
    "rows_read",
    "rows_inserted",
    "rows_updated",
    "rows_unchanged",
    "rows_duplicate",
    "rows_rejected",
)
TOLD = f"""
    SELECT status, sequence, progress_percent, {", ".join(COUNTS)}
    FROM uploads_upload WHERE id = %s
"""  # noqa: S608 - what is put in are constants
# Of a case: asking takes as long as landing a small file.
ASKED_ABOUT = 5


def disagreements(ground: Ground, sent: Sequence[Sent]) -> Iterator[str]:
    """Yield a sentence for each thing that the API tells otherwise than the tables."""
    stranger = ground.stage.library.calm
    for each in sent[:ASKED_ABOUT]:
        yield from _of_one(ground, each)
        yield from _seen_by(stranger, ground.shop, each)


def _of_one(ground: Ground, sent: Sent) -> Iterator[str]:
    names = ("status", "sequence", "progress_percent", *COUNTS)
    row = ground.database.execute(TOLD, [sent.upload_id]).fetchone()
    assert row is not None
    stored = dict(zip(names, row, strict=True))
    told = ground.shop.state(sent.upload_id)
    progress = ground.shop.get(f"/uploads/{sent.upload_id}/progress/")
    for place, answer in (("an upload", told), ("progress", progress)):
        for name in sorted(stored.keys() & answer.keys()):
            if answer[name] != stored[name]:
                yield f"I3 {place} tells {name} {answer[name]}; it is {stored[name]}"
    if stored["status"] == "completed":
        yield from _of_report(ground, sent)


def _of_report(ground: Ground, sent: Sent) -> Iterator[str]:
    with ground.shop.api as api:
        text = api.get(f"/uploads/{sent.upload_id}/rejects.csv").text
    reported = _records(text)
    if reported != len(sent.oracle.rejects):
        yield f"I3 the report has {reported} rows; {len(sent.oracle.rejects)} are bad"


def _records(text: str) -> int:
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return max(0, sum(1 for record in records if record) - 1)


def _seen_by(stranger: Shop, shop: Shop, sent: Sent) -> Iterator[str]:
    own: Any = f"/uploads/{sent.upload_id}/"
    theirs = f"{stranger.base_url}/api/v1/companies/{shop.company_id}{own}"
    with stranger.api as api:
        codes = {api.get(address).status_code for address in (own, theirs)}
    if codes != {404}:
        yield f"I4 another company was answered {sorted(codes)} for {sent.upload_id}"
