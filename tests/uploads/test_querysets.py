"""No row of a company is reached without naming the company."""

import pytest

from tests.accounts.people import Firm
from uploads.models import Upload

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["all", "filter", "get", "exclude", "values"])
def test_a_query_starts_with_the_company(name: str) -> None:
    with pytest.raises(AttributeError, match="start with of"):
        getattr(Upload.objects, name)


def test_a_company_has_its_own_rows_only(
    firm: Firm, other_firm: Firm, upload: Upload
) -> None:
    assert Upload.objects.of(firm.company_id).count() == 1
    assert Upload.objects.of(other_firm.company_id).count() == 0
    assert Upload.objects.across_tenants().count() == 1
