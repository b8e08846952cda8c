"""Files and history are kept for a while and no longer; landed rows stay for good."""

import datetime as dt

import structlog
from django.conf import settings

from uploads import storage
from uploads.models import Upload
from uploads.services.delete import forget
from uploads.states import TERMINAL

# A file no upload knows of may still be about to be accepted; a day later it is left.
ORPHAN_AGE = dt.timedelta(days=1)
# Looked up at once: few enough to hold, many enough to be worth a query.
BATCH_UPLOADS = 50

log = structlog.get_logger(__name__)


def expire_uploads(now: dt.datetime) -> int:
    """Delete uploads that ended longer ago than they are kept; return how many.

    What a crash has left in storage goes as well. Safe to repeat and to interrupt.
    """
    ended_before = now - dt.timedelta(days=settings.AYNI_UPLOAD_RETENTION_DAYS)
    expired = 0
    while batch := _ended_before(ended_before):
        # One transaction each: the refused rows of one upload may be a million.
        expired += sum(forget([upload]) for upload in batch)
    _remove_leftovers(now - ORPHAN_AGE)
    log.info("uploads_expired", uploads=expired)
    return expired


def _ended_before(moment: dt.datetime) -> list[Upload]:
    uploads = Upload.objects.across_tenants().filter(
        status__in=TERMINAL, deleted_at__isnull=True, finished_at__lt=moment
    )
    return list(uploads.order_by("finished_at")[:BATCH_UPLOADS])


def _remove_leftovers(moment: dt.datetime) -> None:
    before = moment.timestamp()
    arrivals = storage.remove_arrivals_before(before)
    orphans = 0
    for name in storage.files_before(before):
        if not _is_wanted(name):
            storage.remove(name)
            orphans += 1
    if arrivals or orphans:
        log.info("leftovers_removed", arrivals=arrivals, orphans=orphans)


def _is_wanted(stored_name: str) -> bool:
    uploads = Upload.objects.across_tenants()
    return uploads.filter(stored_name=stored_name, deleted_at__isnull=True).exists()
