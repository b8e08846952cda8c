import pytest
from django.test import Client
from pytest_django import Settings
from stdnum.cl import rut

from accounts.models import Company, User
from accounts.roles import Role
from tests.accounts.people import PASSWORD, a_company, a_person, new_rut
from tests.dashboard.conftest import signed_in

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str, password: str = PASSWORD, to: str = "") -> str:
    answer = client.post("/login/", {"email": email, "password": password, "next": to})
    if answer.status_code == 302:
        return answer.headers["Location"]
    return answer.content.decode()


def test_the_right_password_leads_to_the_page_that_was_wanted() -> None:
    person = a_person()

    assert sign_in(Client(), person.email.upper(), to="/uploads/?status=failed") == (
        "/uploads/?status=failed"
    )


def test_nobody_is_led_to_another_host() -> None:
    assert sign_in(Client(), a_person().email, to="https://evil.example/") == (
        "/uploads/"
    )


def test_a_wrong_password_gets_one_summary_that_takes_the_focus() -> None:
    html = sign_in(Client(), a_person().email, "equivocada")

    assert html.count('role="alert"') == 1
    assert "data-focus-first" in html
    assert "El correo o la contraseña no es correcto." in html


def test_an_unknown_person_reads_the_same_as_one_with_a_wrong_password() -> None:
    assert "El correo o la contraseña" in sign_in(Client(), "nadie@tienda.cl", "x")


def test_five_wrong_passwords_lock_and_the_page_says_for_how_long(
    settings: Settings,
) -> None:
    settings.AXES_ENABLED = True
    person, client = a_person(), Client()

    answers = [sign_in(client, person.email, "equivocada") for _ in range(6)]

    assert "Reintente en 5 minutos" in answers[-1]
    assert "Reintente en 5 minutos" in sign_in(client, person.email)


def test_somebody_new_registers_and_founds_a_company() -> None:
    client = Client()

    registered = client.post(
        "/register/",
        {"full_name": "Eva", "email": "eva@pan.cl", "password": PASSWORD},
    )
    founded = client.post(
        "/companies/new/", {"name": "Pan", "rut": new_rut(), "industry": "food"}
    )

    assert registered.headers["Location"] == "/companies/new/"
    assert founded.headers["Location"] == "/uploads/"
    assert Company.objects.get(name="Pan").memberships.get().role == Role.OWNER
    assert "Pan" in client.get("/uploads/").content.decode()


@pytest.mark.parametrize(
    ("email", "password", "expected"),
    [
        ("tomado@pan.cl", PASSWORD, "ya está registrado"),
        ("eva@pan.cl", "corta", "12"),
        ("no-es-correo", PASSWORD, "correo"),
    ],
)
def test_a_registration_that_cannot_be_says_why(
    email: str, password: str, expected: str
) -> None:
    a_person("tomado@pan.cl")

    answer = Client().post(
        "/register/", {"full_name": "Eva", "email": email, "password": password}
    )

    assert expected in answer.content.decode()
    assert User.objects.count() == 1


def test_a_wrong_rut_and_a_taken_one_are_told_apart() -> None:
    client, taken = signed_in(a_person()), a_company().rut
    wrong = f"12.345.678-{(int(rut.calc_check_digit('12345678')) + 1) % 10}"

    answers = [
        client.post("/companies/new/", {"name": "X", "rut": r, "industry": "food"})
        for r in (wrong, taken)
    ]

    assert "No es un RUT" in answers[0].content.decode()
    assert "Ya existe una empresa con este RUT" in answers[1].content.decode()


def test_signing_out_needs_a_post_and_ends_the_session() -> None:
    client = signed_in(a_person())

    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").headers["Location"] == "/login/"
    assert client.get("/uploads/").headers["Location"].startswith("/login/")


def test_a_form_without_its_token_gets_a_page_of_ours() -> None:
    answer = Client(enforce_csrf_checks=True).post("/login/", {"email": "a@b.cl"})

    assert answer.status_code == 403
    assert "Esta página venció" in answer.content.decode()


def test_the_language_is_chosen_by_a_form_and_kept() -> None:
    client = Client()

    assert "Iniciar sesión" in client.get("/login/").content.decode()
    client.post("/i18n/setlang/", {"language": "en", "next": "/login/"})

    assert "Sign in" in client.get("/login/").content.decode()


def test_only_staff_is_shown_the_way_to_operations(company: Company) -> None:
    person, operator = a_person(), a_person(is_staff=True)

    pages = [
        signed_in(user).get("/companies/new/").content.decode()
        for user in (person, operator)
    ]

    assert ['href="/ops/"' in page for page in pages] == [False, True]
