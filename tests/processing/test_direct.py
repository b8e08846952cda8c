"""Both landings leave the same behind, and the direct one nothing when it gives up."""

import random
import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from django.conf import LazySettings

from accounts.models import Company
from processing.errors import TooManyBadRowsError
from processing.ingest import ingest
from tests.processing.landing import (
    BAD,
    GOOD,
    LeaseLostError,
    Send,
    held,
    landed,
    lost,
    reread,
)
from uploads.models import DataUpdate, RawTransaction, Reject, Upload
from uploads.states import BadRows, LoadMode, Status

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("direct_landing"),
]

OLD = "31-03-2024;B8;A;1;70"
KEPT = ("occurred_at", "transaction_id", "product_id", "occurrence", "price_total")
COUNTED = (
    "status",
    "rows_read",
    "rows_inserted",
    "rows_updated",
    "rows_unchanged",
    "rows_duplicate",
    "rows_rejected",
    "quality_score",
)
TOLD = (
    "period",
    "starts_on",
    "rows_before",
    "rows_after",
    "rows_added",
    "rows_updated",
    "rows_unchanged",
)


def left_by(upload: Upload) -> tuple[Any, ...]:
    """Return everything an upload left: its counts, its company's rows, its story."""
    mine = {"upload_id": upload.pk}
    company = upload.company_id
    return (
        tuple(getattr(reread(upload), name) for name in COUNTED),
        sorted(RawTransaction.objects.of(company).values_list(*KEPT)),
        sorted(DataUpdate.objects.of(company).filter(**mine).values_list(*TOLD)),
        sorted(Reject.objects.of(company).filter(**mine).values_list("line", "code")),
    )


def sales(rng: random.Random, *, count: int) -> list[str]:
    """Return rows of which some repeat a pair and some cannot be read."""
    return [
        f"{rng.choice((*range(1, 29), 31)):02}-{rng.randint(1, 6):02}-2024"
        f" {rng.randint(0, 23):02}:{rng.randint(0, 59):02};"
        f"B{rng.randint(1, 40)};{rng.choice('ABC')};1;{rng.randint(1, 9)}00"
        for _ in range(count)
    ]


def forget(company: Company) -> None:
    for model in (RawTransaction, Reject, DataUpdate):
        model.objects.of(company.pk).delete()


def both_ways(
    settings: LazySettings, send: Send, files: Sequence[list[str]], **options: object
) -> list[tuple[Any, ...]]:
    """Land the same files directly and by merges; return what each way left."""
    left = []
    for is_direct in (True, False):
        settings.AYNI_DIRECT_LANDING = is_direct
        uploads = [send(*lines, **options) for lines in files]
        for upload in uploads:
            ingest(upload.pk, hold=held)
        left.append(left_by(uploads[-1]))
        forget(uploads[-1].company)
    return left


@pytest.mark.parametrize("mode", list(LoadMode))
@pytest.mark.parametrize("seed", range(4))
def test_both_landings_leave_the_same_of_any_files(
    settings: LazySettings, send: Send, seed: int, mode: LoadMode
) -> None:
    rng = random.Random(seed)
    files = [sales(rng, count=60), sales(rng, count=40)]

    direct, staged = both_ways(settings, send, files, load_mode=mode)

    assert direct == staged


def test_new_rows_beside_those_of_a_company_tell_the_same_story(
    settings: LazySettings, send: Send
) -> None:
    direct, staged = both_ways(settings, send, [[OLD], [*GOOD, GOOD[0], *BAD]])

    assert direct == staged
    assert direct[0][2] == 5


def test_the_rows_are_in_the_table_before_the_file_is_merged(
    company: Company, send: Send
) -> None:
    """The staged landing gives ids by place in a temporary table, this one as read."""
    upload = send(GOOD[0], GOOD[0], GOOD[1])

    ingest(upload.pk, hold=held)

    rows = RawTransaction.objects.of(company.pk).order_by("id")
    assert [(row.product_id, row.occurrence) for row in rows] == [
        ("A", 1),
        ("B", 1),
        ("A", 2),
    ]


def test_a_key_met_late_in_the_file_gives_the_rows_to_the_merge(
    settings: LazySettings, send: Send
) -> None:
    # The probe looks at every second key of 2,000; this one is not among them.
    rows = [f"05-01-2024;N{number};A;1;100" for number in range(2_000)]
    files = [[OLD], [*rows[:1_999], OLD.replace("70", "71"), rows[-1]]]

    direct, staged = both_ways(settings, send, files)

    assert direct == staged
    assert direct[0][2:4] == (2_000, 1)


@pytest.mark.parametrize("mode", [LoadMode.APPEND, LoadMode.UPSERT])
def test_a_file_sent_before_is_merged(
    settings: LazySettings, send: Send, mode: LoadMode
) -> None:
    direct, staged = both_ways(settings, send, [[*GOOD], [*GOOD]], load_mode=mode)

    assert direct == staged


def test_days_that_are_replaced_lose_their_old_rows(
    settings: LazySettings, send: Send
) -> None:
    files = [[OLD], [OLD.replace("B8", "B9")]]

    direct, staged = both_ways(settings, send, files, load_mode=LoadMode.REPLACE_PERIOD)

    assert direct == staged
    assert [row[1] for row in direct[1]] == ["B9"]


def test_another_companys_keys_are_not_in_the_way(company: Company, send: Send) -> None:
    ingest(send(*GOOD).pk, hold=held)
    RawTransaction.objects.of(company.pk).update(company_id=uuid.uuid4())

    upload = send(*GOOD)
    ingest(upload.pk, hold=held)

    assert reread(upload).rows_inserted == len(landed(company)) == 4


@pytest.mark.parametrize(
    "options",
    [
        pytest.param({"bad_rows": BadRows.ABORT}, id="none may be bad"),
        pytest.param(
            {"bad_rows": BadRows.LIMIT, "bad_rows_percent": 10}, id="at most a tenth"
        ),
    ],
)
def test_every_refused_row_outlives_the_landing_that_was_rolled_back(
    company: Company, send: Send, options: dict[str, object]
) -> None:
    upload = send(*GOOD, *BAD * 50, **options)

    with pytest.raises(TooManyBadRowsError):
        ingest(upload.pk, hold=held)

    assert landed(company) == []
    kept = Reject.objects.of(company.pk).order_by("line").values_list("line", flat=True)
    assert list(kept) == list(range(6, 106))
    assert reread(upload).status == Status.FAILED


def test_a_lease_lost_at_the_very_end_leaves_nothing(
    company: Company, send: Send
) -> None:
    upload = send(*GOOD, GOOD[0], *BAD)

    with pytest.raises(LeaseLostError):
        ingest(upload.pk, hold=lost)

    assert landed(company) == []
    assert not Reject.objects.of(company.pk).exists()
    ingest(upload.pk, hold=held)
    assert reread(upload).rows_inserted == len(landed(company)) == 5
