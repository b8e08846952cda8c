"""Values that the tests of processing start from."""

import uuid
from pathlib import Path

import pytest

from uploads.services.work import UploadWork
from uploads.states import BadRows, LoadMode


@pytest.fixture
def work() -> UploadWork:
    return UploadWork(
        upload_id=uuid.uuid4(),
        company_id=uuid.uuid4(),
        attempt=1,
        path=Path("never-opened.csv"),
        load_mode=LoadMode.UPSERT,
        bad_rows=BadRows.CONTINUE,
        bad_rows_limit=None,
        bad_rows_percent=None,
        quality_threshold=95,
        keep_extra=False,
        review_requested=False,
        mapping={},
        formats={},
        defaults={},
        time_zone="America/Santiago",
        decimal_mark="comma",
        date_order="day_first",
        currency="CLP",
    )
