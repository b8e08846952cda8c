import re

import pytest
from django.test import Client

from tests.accounts.people import a_person

pytestmark = pytest.mark.django_db
DOCS = "/api/v1/docs/"


def test_whoever_is_not_signed_in_is_sent_to_do_so() -> None:
    answer = Client().get(DOCS)

    assert (answer.status_code, answer["Location"]) == (302, f"/login/?next={DOCS}")


def test_the_page_holds_no_script_no_style_and_no_other_origin() -> None:
    client = Client()
    client.force_login(a_person(), "django.contrib.auth.backends.ModelBackend")

    page = client.get(DOCS)

    inline = r"<style|style=|<script>|\son\w+=|https?://|\"//"
    assert page.status_code == 200
    assert not re.search(inline, page.content.decode())
    assert "unsafe" not in page["Content-Security-Policy"]
