"""Values that the tests of processing start from."""

import uuid
from pathlib import Path

import pytest
from django.conf import LazySettings

from accounts.models import Company
from tests.processing.landing import HEADER, Send
from uploads import storage
from uploads.models import Upload
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


@pytest.fixture(params=["direct", "staged"])
def either_landing(request: pytest.FixtureRequest, settings: LazySettings) -> None:
    """Run the test once with files landing directly, once with all of them merged."""
    settings.AYNI_DIRECT_LANDING = request.param == "direct"


@pytest.fixture
def direct_landing(settings: LazySettings) -> None:
    """Let new rows go straight into the table."""
    settings.AYNI_DIRECT_LANDING = True


@pytest.fixture
def company() -> Company:
    return Company.objects.create(name="Almacén", rut="76.086.428-5")


@pytest.fixture
def send(company: Company, settings: LazySettings, tmp_path: Path) -> Send:
    """Store a file of these lines and its upload."""
    settings.AYNI_STORAGE_DIR = tmp_path

    def send_lines(*lines: str, header: str = HEADER, **options: object) -> Upload:
        content = "\r\n".join((header, *lines)).encode("cp1252")
        stored = storage.save_stream(iter([content]), limit_bytes=1 << 20)
        return Upload.objects.create(
            company=company,
            original_name="ventas.csv",
            stored_name=stored.stored_name,
            size_bytes=stored.size_bytes,
            sha256=stored.sha256,
            forced=True,
            **{"quality_threshold": 0, **options},
        )

    return send_lines
