"""What people chose for a header is known the next time, in their company alone."""

from typing import Any

import pytest

from tests.accounts.people import Firm
from tests.uploads.conftest import MakeUpload
from uploads.answers import Answers, ToldColumn
from uploads.errors import LearntHeaderNotFoundError
from uploads.models import ColumnMapping, LearntHeader, Upload
from uploads.selectors import learnt_page
from uploads.services.learning import forget_header, learn_from, learnt_by

pytestmark = pytest.mark.django_db


def told(header: str, field: str, *, index: int = 0, **more: Any) -> ToldColumn:
    return ToldColumn(
        index=index, header=header, field=field, **{"is_news": True, **more}
    )


@pytest.fixture
def reviewed(firm: Firm, make_upload: MakeUpload) -> Any:
    def make(*columns: ToldColumn, **values: Any) -> Upload:
        answers = Answers(columns=columns, user_id=str(firm.owner.user_id))
        return make_upload(answers=answers.kept(), **values)

    return make


def test_what_was_chosen_is_kept_with_who_and_when(firm: Firm, reviewed: Any) -> None:
    upload = reviewed(told("Cobro X", "price_total"), told("Zona", "", index=1))

    assert learn_from(upload) == 2

    page = learnt_page(firm.company_id)
    assert [(h.header, h.field, h.source, h.by) for h in page.headers] == [
        ("Zona", "", "review", firm.owner.user.email),
        ("Cobro X", "price_total", "review", firm.owner.user.email),
    ]
    assert {h.upload_id for h in page.headers} == {upload.pk}


def test_what_was_sure_anyway_is_not_learnt(firm: Firm, reviewed: Any) -> None:
    learn_from(reviewed(told("Fecha", "occurred_at", is_news=False)))

    assert learnt_by(firm.company_id) == {}


def test_the_last_choice_counts_however_the_header_is_written(
    firm: Firm, reviewed: Any
) -> None:
    learn_from(reviewed(told("Cobro X", "price_total")))
    learn_from(reviewed(told(" COBRO X", "cost_total")))

    assert learnt_by(firm.company_id) == {"cobro x": "cost_total"}


def test_it_never_crosses_to_another_company(
    firm: Firm, other_firm: Firm, reviewed: Any
) -> None:
    learn_from(reviewed(told("Cobro X", "price_total")))

    assert learnt_by(other_firm.company_id) == {}


def test_a_saved_mapping_teaches_the_headers_the_file_had(
    firm: Firm, make_upload: MakeUpload
) -> None:
    columns = {"Cobro X": "price_total", "Otra": "stock"}
    mapping = ColumnMapping.objects.create(
        company=firm.company, name="Caja", columns=columns
    )
    upload = make_upload(
        mapping=mapping,
        mapping_used=columns,
        dialect={"header": ["COBRO X"]},
        user=firm.owner.user,
    )

    learn_from(upload)

    assert learnt_by(firm.company_id) == {"cobro x": "price_total"}
    assert learn_from(upload) == 0


def test_using_an_old_mapping_does_not_undo_a_review(
    firm: Firm, reviewed: Any, make_upload: MakeUpload
) -> None:
    learn_from(reviewed(told("Cobro X", "price_total")))
    columns = {"Cobro X": "stock"}
    mapping = ColumnMapping.objects.create(
        company=firm.company, name="Caja", columns=columns
    )

    learn_from(
        make_upload(
            mapping=mapping, mapping_used=columns, dialect={"header": ["Cobro X"]}
        )
    )

    assert learnt_by(firm.company_id) == {"cobro x": "price_total"}


def test_columns_given_with_one_upload_teach_nothing(
    firm: Firm, make_upload: MakeUpload
) -> None:
    learn_from(make_upload(mapping_used={"X": "stock"}, dialect={"header": ["X"]}))

    assert learnt_by(firm.company_id) == {}


def test_the_second_half_of_a_moment_is_a_time_of_day(
    firm: Firm, reviewed: Any
) -> None:
    learn_from(reviewed(told("D", "occurred_at"), told("H", "occurred_at", index=1)))

    assert learnt_by(firm.company_id) == {"d": "occurred_at", "h": "time_of_day"}


def test_a_header_is_forgotten_once(firm: Firm, reviewed: Any) -> None:
    learn_from(reviewed(told("Cobro X", "price_total")))
    learnt = LearntHeader.objects.of(firm.company_id).get()

    forget_header(firm.company_id, learnt.pk)

    assert learnt_by(firm.company_id) == {}
    with pytest.raises(LearntHeaderNotFoundError):
        forget_header(firm.company_id, learnt.pk)


def test_nobody_forgets_for_another_company(
    firm: Firm, other_firm: Firm, reviewed: Any
) -> None:
    learn_from(reviewed(told("Cobro X", "price_total")))
    learnt = LearntHeader.objects.of(firm.company_id).get()

    with pytest.raises(LearntHeaderNotFoundError):
        forget_header(other_firm.company_id, learnt.pk)
