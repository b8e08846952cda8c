import uuid

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Company, Membership, User
from accounts.roles import Role
from tests.accounts.people import a_company, a_member, a_person
from tests.dashboard import making
from tests.dashboard.conftest import signed_in

pytestmark = pytest.mark.django_db


def page(client: Client, path: str = "/uploads/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_is_sent_to_the_sign_in_page() -> None:
    answer = Client().get("/uploads/")

    assert answer.headers["Location"] == "/login/?next=/uploads/"


def test_an_empty_list_says_how_to_begin(client: Client) -> None:
    html = page(client)

    assert "Todavía no se ha enviado ningún archivo" in html
    assert "sample-sales.csv" in html
    assert "Filtrar por estado" not in html


def test_an_upload_is_shown_with_its_state_and_numbers_as_chile_writes_them(
    client: Client, company: Company, owner: User
) -> None:
    making.a_running_upload(company, owner)

    html = page(client)

    assert "Cargando" in html
    assert "418.000" in html
    assert owner.email in html


def test_the_same_page_in_english(company: Company, owner: User) -> None:
    making.a_running_upload(company, owner)

    html = page(signed_in(owner, language="en"))

    assert '<html lang="en"' in html
    assert "Being loaded" in html
    assert "418,000" in html


def test_the_filter_is_in_the_address(client: Client, company: Company) -> None:
    making.a_running_upload(company)
    making.a_failed_upload(company)

    html = page(client, "/uploads/?status=failed")

    assert "cierre-de-caja.csv" in html
    assert "Cargando</span></td>" not in html


def test_a_filter_without_a_match_offers_to_clear_it(client: Client) -> None:
    html = page(client, "/uploads/?status=failed")

    assert "Nada coincide" in html
    assert "Ver todas las cargas" in html


def test_the_second_page_starts_after_the_first_one(
    client: Client, company: Company
) -> None:
    uploads = [making.an_upload(company) for _ in range(51)]

    first = client.get("/uploads/")
    cursor = first.context["page"].next_cursor
    second = client.get("/uploads/", {"cursor": cursor})

    assert len(first.context["page"].uploads) == 50
    assert [u.id for u in second.context["page"].uploads] == [uploads[0].pk]


def test_a_made_up_cursor_leads_back_to_the_beginning(client: Client) -> None:
    assert client.get("/uploads/?cursor=nada").headers["Location"] == "/uploads/"


def test_a_name_that_looks_like_markup_is_only_a_name(
    client: Client, company: Company
) -> None:
    making.an_upload(company, original_name="<script>alert(1)</script>.csv")

    assert "<script>alert(1)" not in page(client)


def test_nothing_of_another_company_is_listed(client: Client) -> None:
    making.an_upload(a_company("Ajena"), original_name="ajeno.csv")

    assert "ajeno.csv" not in page(client)


def test_whoever_may_not_send_files_is_not_asked_to(company: Company) -> None:
    viewer = a_member(company, Role.VIEWER).user

    assert 'id="drop"' not in page(signed_in(viewer))


def test_somebody_without_a_company_founds_one_first() -> None:
    answer = signed_in(a_person()).get("/uploads/")

    assert answer.headers["Location"] == "/companies/new/"


def test_switching_the_company_changes_the_list(
    client: Client, owner: User, company: Company
) -> None:
    other = a_company("Zapatería")
    Membership.objects.create(user=owner, company=other, role=Role.OWNER)
    making.an_upload(other, original_name="zapatos.csv")

    client.post(f"/companies/{other.pk}/switch/")

    assert "zapatos.csv" in page(client)


def test_a_company_that_is_not_theirs_cannot_be_chosen(
    client: Client, company: Company
) -> None:
    for stranger in (a_company("Ajena").pk, uuid.uuid4()):
        client.post(f"/companies/{stranger}/switch/")

        assert company.name in page(client)


def test_a_script_gets_the_part_it_will_swap_in(client: Client) -> None:
    answer = client.get("/uploads/", headers={"hx-request": "true"})

    assert answer.content.strip().startswith(b'<section id="uploads"')
    assert "HX-Request" in answer.headers["Vary"]


def test_the_list_costs_the_same_for_fifty_uploads_as_for_one(
    client: Client,
    company: Company,
    owner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(50):
        making.an_upload(company, owner)

    with django_assert_num_queries(5):
        page(client)
