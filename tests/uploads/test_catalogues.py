"""What the web repeats of the pipeline, because it cannot load it, stays the same."""

from processing.pipeline.fields import FIELDS as PIPELINE_FIELDS
from processing.pipeline.fields import NUMBERS as PIPELINE_NUMBERS
from processing.pipeline.rejects import CODES, REFUSALS, Severity
from uploads.fields import FIELDS, NUMBERS
from uploads.reject_messages import MESSAGES, REMARKS, message_for


def test_every_refusal_of_the_pipeline_has_its_sentence() -> None:
    theirs = {code: CODES[code].english for code in REFUSALS}

    assert {code: MESSAGES.get(code) for code in theirs} == theirs


def test_every_remark_of_the_pipeline_has_its_sentence() -> None:
    warnings = {c: e for c, e in CODES.items() if e.severity is Severity.WARNING}

    assert {c: entry.english for c, entry in warnings.items()} == REMARKS
    assert {c: message_for(c) for c in warnings} == REMARKS


def test_only_what_a_row_meets_when_it_lands_is_refused_outside_the_pipeline() -> None:
    landing = {"duplicate", "already_corrected", "not_a_correction"}

    assert set(MESSAGES) - set(REFUSALS) == landing


def test_a_mapping_may_name_every_field_of_the_pipeline() -> None:
    assert tuple(field.name for field in PIPELINE_FIELDS) == FIELDS


def test_an_unknown_code_explains_itself() -> None:
    assert message_for("something_new") == "something new"


def test_the_numbers_are_the_numbers_of_the_pipeline() -> None:
    assert tuple(field.name for field in PIPELINE_NUMBERS) == NUMBERS
