import re
import uuid

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Company, Membership, User
from accounts.roles import Role
from tests.accounts.people import a_company, a_member
from tests.dashboard import making
from tests.dashboard.conftest import signed_in
from uploads.models import Upload

pytestmark = pytest.mark.django_db


def page(client: Client, upload: Upload, query: str = "") -> str:
    answer = client.get(f"/uploads/{upload.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_completed_upload_shows_that_its_rows_add_up(
    client: Client, company: Company
) -> None:
    html = page(client, making.a_completed_upload(company))

    assert (
        "100.000 leídas = 91.000 nuevas + 6.400 actualizadas + 2.480 sin cambios"
        " + 0 duplicadas + 120 rechazadas"
    ) in html


def test_what_is_no_sale_is_told_apart_from_the_rows(
    client: Client, company: Company
) -> None:
    html = page(client, making.a_completed_upload(company))

    apart = html.split('id="apart-title"')[1].split("</dl>")[0]
    for words, count in (
        ("Líneas vacías", 14),
        ("Totales y notas al pie", 2),
        ("Encabezado repetido", 3),
    ):
        assert re.search(rf"{words}</dt><dd[^>]*>{count}</dd>", apart)


def test_a_remark_says_how_many_rows_where_and_what_it_means(
    client: Client, company: Company
) -> None:
    html = page(client, making.a_completed_upload(company))

    remarks = html.split('id="remarks"')[1].split("</section>")[0]
    assert "1.204 filas" in remarks
    assert "El total difiere de cantidad por precio unitario" in remarks
    assert "Primeras líneas: 40 · 71 · 812 · 9.120 · 9.121." in remarks
    assert "Línea 12.044." in remarks


def test_an_upload_without_remarks_has_no_such_part(
    client: Client, company: Company
) -> None:
    assert 'id="remarks"' not in page(client, making.an_upload(company))


def test_what_did_not_land_still_adds_up(client: Client, company: Company) -> None:
    html = page(client, making.a_failed_upload(company))

    assert (
        "52.010 leídas = 40.007 aceptadas + 12.003 rechazadas; ninguna se cargó" in html
    )


def test_a_refused_row_is_shown_with_line_column_code_and_what_to_do(
    client: Client, company: Company
) -> None:
    html = page(client, making.a_completed_upload(company))

    assert "<code>31-02-2026 &lt;b&gt;</code>" in html
    assert "bad_date" in html
    assert "Escríbala como en las otras filas" in html
    assert "/rejects.csv" in html


def test_refused_rows_come_in_pages_and_by_reason(
    client: Client, company: Company
) -> None:
    upload = making.a_completed_upload(company)

    first = client.get(f"/uploads/{upload.pk}/?code=bad_date").context["rejects"]
    second = client.get(
        f"/uploads/{upload.pk}/?code=bad_date&cursor={first.next_cursor}"
    ).context["rejects"]

    assert [first.rejects[0].line, second.rejects[0].line] == [17, 17 + 11 * 25]


def test_what_was_detected_and_assumed_is_said(
    client: Client, company: Company
) -> None:
    html = page(client, making.a_completed_upload(company))

    assert "Punto y coma (;)" in html
    assert "primero el día" in html
    assert "1.204 valores" in html


def test_what_changed_is_shown_by_the_period_asked_for(
    client: Client, company: Company
) -> None:
    upload = making.a_completed_upload(company)

    assert "noviembre 2026" in page(client, upload)
    assert "No cambió ningún período" in page(client, upload, "?period=daily")


def test_a_failed_upload_says_why_and_what_to_do(
    client: Client, company: Company
) -> None:
    html = page(client, making.a_failed_upload(company))

    assert "Se rechazaron más filas de las permitidas" in html
    assert "too_many_bad_rows" in html
    assert 'data-opens="retry-dialog"' in html
    assert 'data-opens="cancel-dialog"' not in html


def test_a_failure_nobody_wrote_words_for_is_still_explained(
    client: Client, company: Company
) -> None:
    upload = making.an_upload(company, status="failed", error_code="brand_new")

    assert "El archivo no se pudo cargar" in page(client, upload)


def test_an_upload_at_work_can_be_cancelled_and_not_deleted(
    client: Client, company: Company
) -> None:
    html = page(client, making.a_running_upload(company))

    assert 'data-opens="cancel-dialog"' in html
    assert 'data-opens="delete-dialog"' not in html
    assert 'aria-current="step"' in html


def test_a_viewer_is_offered_nothing_that_changes(company: Company) -> None:
    viewer = signed_in(a_member(company, Role.VIEWER).user)

    html = page(viewer, making.a_failed_upload(company))

    assert "data-opens=" not in html
    assert "/rejects.csv" not in html


@pytest.mark.parametrize("action", ["", "row/"])
def test_another_companys_upload_looks_like_one_that_does_not_exist(
    client: Client, action: str
) -> None:
    foreign = making.an_upload(a_company("Ajena"))

    answers = [client.get(f"/uploads/{id_}/{action}") for id_ in (foreign.pk, OTHER)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert "Esta página no existe" in answers[0].content.decode()


OTHER = uuid.UUID("018f0000-0000-7000-8000-000000000000")


@pytest.mark.parametrize("action", ["cancel", "retry", "delete"])
def test_another_companys_upload_cannot_be_touched(client: Client, action: str) -> None:
    foreign = making.an_upload(a_company("Ajena"), status="failed")

    answer = client.post(f"/uploads/{foreign.pk}/{action}/")

    assert answer.status_code == 404
    assert Upload.objects.across_tenants().get().status == "failed"


@pytest.mark.parametrize("action", ["cancel", "retry", "delete"])
def test_a_viewer_is_told_that_the_role_does_not_allow_it(
    company: Company, action: str
) -> None:
    viewer = signed_in(a_member(company, Role.VIEWER).user)

    answer = viewer.post(f"/uploads/{making.an_upload(company).pk}/{action}/")

    assert answer.status_code == 403
    assert "Pídalo a un dueño" in answer.content.decode()


def test_what_is_too_late_to_cancel_says_so(client: Client, company: Company) -> None:
    upload = making.a_completed_upload(company)

    answer = client.post(f"/uploads/{upload.pk}/cancel/", follow=True)

    assert "Ya terminó; no hay nada que cancelar." in answer.content.decode()


def test_a_deleted_upload_is_gone_and_the_list_says_so(
    client: Client, company: Company
) -> None:
    upload = making.a_failed_upload(company)

    answer = client.post(f"/uploads/{upload.pk}/delete/", follow=True)

    assert "cierre-de-caja.csv se eliminó." in answer.content.decode()
    assert client.get(f"/uploads/{upload.pk}/").status_code == 404


def test_opening_an_upload_of_another_of_ones_companies_switches_to_it(
    client: Client, owner: User
) -> None:
    other = a_company("Zapatería")
    Membership.objects.create(user=owner, company=other, role=Role.OWNER)
    making.an_upload(other, original_name="zapatos.csv")

    page(client, making.an_upload(other))

    assert "zapatos.csv" in client.get("/uploads/").content.decode()


def test_times_are_the_companys_and_exact_on_demand(
    client: Client, company: Company
) -> None:
    Company.objects.filter(pk=company.pk).update(time_zone="Pacific/Easter")

    html = page(client, making.an_upload(company))

    assert "(Pacific/Easter)" in html


def test_a_page_with_refusals_costs_a_bounded_number_of_queries(
    client: Client,
    company: Company,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    upload = making.a_completed_upload(company)
    client.get(f"/uploads/{upload.pk}/")

    with django_assert_max_num_queries(12):
        page(client, upload)


def test_a_file_of_low_quality_may_be_loaded_all_the_same(
    client: Client, company: Company
) -> None:
    upload = making.an_upload(
        company, status="needs_review", error_code="quality_below_threshold"
    )

    assert 'id="load-anyway"' in page(client, upload)
    client.post(f"/uploads/{upload.pk}/retry/", {"quality": "any"})

    upload.refresh_from_db()
    assert (upload.status, upload.quality_threshold) == ("pending", 0)


def test_a_retry_as_it_was_changes_nothing_about_the_quality(
    client: Client, company: Company
) -> None:
    upload = making.a_failed_upload(company)

    client.post(f"/uploads/{upload.pk}/retry/")

    upload.refresh_from_db()
    assert (upload.status, upload.quality_threshold) == ("pending", None)
