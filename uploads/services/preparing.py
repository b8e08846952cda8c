"""What an attempt is given to start with, and where each part of it came from."""

from uploads import storage
from uploads.answers import answers_of
from uploads.models import Upload
from uploads.services.learning import learnt_by
from uploads.services.work import Corrected, UploadWork
from uploads.states import BadRows, LoadMode

# What a saved mapping and a review may both say of a file.
CHOICES = ("encoding", "delimiter", "quote", "header_line")


def work_of(upload: Upload) -> UploadWork:
    """Return what an attempt needs to know; ``upload`` comes with its company."""
    company, mapping = upload.company, upload.mapping
    threshold = upload.quality_threshold
    return UploadWork(
        upload_id=upload.pk,
        company_id=company.pk,
        attempt=upload.attempts,
        path=storage.open_path(upload.stored_name),
        load_mode=LoadMode(upload.load_mode),
        bad_rows=BadRows(upload.bad_rows),
        bad_rows_limit=upload.bad_rows_limit,
        bad_rows_percent=upload.bad_rows_percent,
        quality_threshold=company.quality_threshold if threshold is None else threshold,
        keep_extra=upload.keep_extra,
        review_requested=upload.review_requested,
        mapping=upload.mapping_used,
        formats={} if mapping is None else mapping.formats,
        defaults={} if mapping is None else mapping.defaults,
        time_zone=company.time_zone,
        decimal_mark=company.decimal_mark,
        date_order=company.date_order,
        currency=company.currency,
        answers=answers_of(upload.answers),
        learnt=learnt_by(company.pk),
        corrects=_corrected(upload),
    )


def _corrected(upload: Upload) -> Corrected | None:
    if upload.corrects_id is None:
        return None
    originals = Upload.objects.of(upload.company_id).select_related("mapping")
    original = originals.get(pk=upload.corrects_id)
    given = {} if original.mapping is None else original.mapping.defaults
    return Corrected(
        upload_id=original.pk,
        path=storage.open_path(original.stored_name),
        dialect=original.dialect,
        defaults={**given, **answers_of(original.answers).defaults},
    )


def sources_of(work: UploadWork) -> dict[str, str]:
    """Return who decided each part of the dialect: the file, a mapping or a review."""
    said = work.answers.reading.given()
    return {
        name: "review"
        if name in said
        else "mapping"
        if work.formats.get(name)
        else "detected"
        for name in CHOICES
    }
