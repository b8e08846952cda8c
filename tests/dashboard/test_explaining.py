import pytest
from django.utils import translation

from dashboard.explaining import FAILURES, REFUSALS, REMARKS
from dashboard.wording import FIELDS, PHASES, STATUSES
from processing.errors import PermanentError
from processing.pipeline.errors import FILE_ERRORS
from processing.pipeline.fields import FIELDS as PIPELINE_FIELDS
from processing.pipeline.rejects import REFUSALS as PIPELINE_REFUSALS
from uploads.reject_messages import MESSAGES
from uploads.reject_messages import REMARKS as TOLD_REMARKS
from uploads.services.work import Phase
from uploads.states import Status


def test_every_reason_to_refuse_a_row_has_words() -> None:
    assert set(MESSAGES) == set(REFUSALS) >= set(PIPELINE_REFUSALS)


def test_every_remark_has_words() -> None:
    assert set(REMARKS) == set(TOLD_REMARKS)


def test_every_reason_to_refuse_a_file_has_words() -> None:
    codes = {error.code for error in PermanentError.__subclasses__()} - {"superseded"}

    assert set(FILE_ERRORS) - set(FAILURES) == set()
    assert codes - set(FAILURES) == set()


def test_every_status_phase_and_field_has_a_name() -> None:
    assert set(STATUSES) == set(Status)
    assert set(PHASES) == set(Phase)
    assert {field.name for field in PIPELINE_FIELDS} == set(FIELDS)


@pytest.mark.parametrize("code", sorted({*REFUSALS, *REMARKS}))
def test_a_reason_and_its_advice_differ_between_the_languages(code: str) -> None:
    said, explained = {}, {**REFUSALS, **REMARKS}[code]
    for language in ("es", "en"):
        with translation.override(language):
            said[language] = (str(explained.what), str(explained.advice))

    assert said["es"][0] != said["en"][0]
    assert said["es"][1] != said["en"][1]
