"""Mappings: names once, and one default at most, whoever sets it."""

import pytest

from accounts.models import Company
from tests.accounts.people import Firm
from tests.uploads.threads import at_once
from uploads.errors import MappingNameTakenError, MappingNotFoundError
from uploads.models import ColumnMapping, Upload
from uploads.services.mappings import (
    MappingDraft,
    change_mapping,
    create_mapping,
    delete_mapping,
)

pytestmark = pytest.mark.django_db
DEFAULT = MappingDraft(is_default=True)


def defaults(company: Company) -> list[str]:
    mappings = ColumnMapping.objects.of(company.pk).filter(is_default=True)
    return [mapping.name for mapping in mappings]


def test_a_new_default_takes_the_place_of_the_old_one(
    company: Company, other_firm: Firm
) -> None:
    create_mapping(other_firm.company_id, MappingDraft(name="C", is_default=True))
    create_mapping(company.pk, MappingDraft(name="A", is_default=True))
    second = create_mapping(company.pk, MappingDraft(name="B"))

    change_mapping(company.pk, second, draft=DEFAULT)

    assert defaults(company) == ["B"]
    assert defaults(other_firm.company) == ["C"]


def test_what_is_not_given_stays_as_it_is(company: Company) -> None:
    draft = MappingDraft(name="A", columns={"x": "quantity"}, is_default=True)
    made = create_mapping(company.pk, draft)

    change_mapping(company.pk, made, draft=MappingDraft(name="B"))

    mapping = ColumnMapping.objects.of(company.pk).get()
    assert (mapping.name, mapping.columns) == ("B", {"x": "quantity"})
    assert mapping.is_default


def test_a_name_is_taken_once_in_a_company(company: Company, other_firm: Firm) -> None:
    create_mapping(company.pk, MappingDraft(name="A"))
    create_mapping(other_firm.company_id, MappingDraft(name="A"))
    second = create_mapping(company.pk, MappingDraft(name="B"))

    with pytest.raises(MappingNameTakenError):
        create_mapping(company.pk, MappingDraft(name="A"))
    with pytest.raises(MappingNameTakenError):
        change_mapping(company.pk, second, draft=MappingDraft(name="A"))


def test_an_upload_keeps_the_columns_of_a_deleted_mapping(
    company: Company, upload: Upload
) -> None:
    made = create_mapping(company.pk, MappingDraft(name="A"))
    Upload.objects.of(company.pk).update(mapping=made, mapping_used={"x": "quantity"})

    delete_mapping(company.pk, made)

    upload.refresh_from_db()
    assert (upload.mapping_id, upload.mapping_used) == (None, {"x": "quantity"})
    with pytest.raises(MappingNotFoundError):
        delete_mapping(company.pk, made)


def test_a_mapping_of_another_company_does_not_exist(
    company: Company, other_firm: Firm
) -> None:
    made = create_mapping(company.pk, MappingDraft(name="A"))

    with pytest.raises(MappingNotFoundError):
        change_mapping(other_firm.company_id, made, draft=DEFAULT)


@pytest.mark.django_db(transaction=True)
def test_defaults_set_at_once_leave_exactly_one(company: Company) -> None:
    drafts = [MappingDraft(name=f"M{n}", is_default=True) for n in range(8)]

    at_once(lambda draft: create_mapping(company.pk, draft), drafts)

    assert len(defaults(company)) == 1
    assert ColumnMapping.objects.of(company.pk).count() == 8
