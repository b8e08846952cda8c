"""The limits of reading are settings, and hold wherever a file is read."""

import dataclasses

import pytest
from django.conf import LazySettings

from processing.ingest import ingest
from processing.limits import reading_limits
from processing.pipeline.errors import FileError
from processing.pipeline.limits import DEFAULT_LIMITS
from processing.previewing import make_preview
from processing.terms import options_of
from tests.processing.landing import GOOD, Send, held, reread
from uploads.answers import Reading
from uploads.models import UploadPreview
from uploads.services.work import UploadWork

SETTINGS = {
    "total_bytes": "AYNI_READ_MAX_BYTES",
    "ratio": "AYNI_READ_MAX_RATIO",
    "rows": "AYNI_READ_MAX_ROWS",
    "columns": "AYNI_READ_MAX_COLUMNS",
    "line_bytes": "AYNI_READ_MAX_LINE_BYTES",
    "field_bytes": "AYNI_READ_MAX_FIELD_BYTES",
    "header_chars": "AYNI_READ_MAX_HEADER_CHARS",
    "texts_bytes": "AYNI_READ_MAX_TEXTS_BYTES",
}


def test_the_settings_are_by_default_what_the_pipeline_takes_by_itself() -> None:
    assert reading_limits() == DEFAULT_LIMITS
    assert set(SETTINGS) == {field.name for field in dataclasses.fields(DEFAULT_LIMITS)}


@pytest.mark.parametrize("limit", SETTINGS)
def test_each_setting_is_one_limit(
    limit: str, settings: LazySettings, work: UploadWork
) -> None:
    setattr(settings, SETTINGS[limit], 7)

    changed = dataclasses.replace(DEFAULT_LIMITS, **{limit: 7})
    assert options_of(work).limits == reading_limits() == changed


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("either_landing")
def test_a_file_beyond_a_setting_fails_with_its_code(
    send: Send, settings: LazySettings
) -> None:
    settings.AYNI_READ_MAX_ROWS = len(GOOD) - 1
    upload = send(*GOOD)

    with pytest.raises(FileError):
        ingest(upload.pk, hold=held)

    assert reread(upload).error_code == "too_many_rows"


@pytest.mark.django_db(transaction=True)
def test_a_preview_is_refused_beyond_a_setting(
    send: Send, settings: LazySettings
) -> None:
    settings.AYNI_READ_MAX_COLUMNS = 2
    upload = send(*GOOD)

    make_preview(upload.pk, Reading(), hold=held)

    kept = UploadPreview.objects.of(upload.company_id).get()
    assert kept.error_code == "too_many_columns"
