"""Pausing and resuming a queue: what the page offers and does."""

import pytest
from structlog.testing import capture_logs

from jobs.pause import pause
from jobs.queues import paused_queues
from tests.ops.places import a_job, an_operator

pytestmark = pytest.mark.django_db


def test_a_queue_can_be_paused_and_resumed() -> None:
    a_job()
    client = an_operator()

    paused = client.post("/ops/queues/chores/pause/", follow=True).content.decode()
    assert paused_queues() == {"chores"}
    resumed = client.post("/ops/queues/chores/resume/", follow=True).content.decode()

    assert paused_queues() == set()
    assert 'id="resume-chores"' in paused
    assert "En pausa" in paused
    assert 'id="pause-chores"' in resumed


def test_a_part_holds_no_token_that_would_change_it_each_time() -> None:
    a_job()

    part = an_operator().get("/ops/", headers={"HX-Request": "true"})

    assert 'id="pause-chores"' in part.content.decode()
    assert "csrfmiddlewaretoken" not in part.content.decode()


def test_the_form_behind_the_buttons_has_its_token() -> None:
    a_job()

    page = an_operator().get("/ops/").content.decode()

    form = page.split('id="queue-actions"')[1].split("</form>")[0]
    assert "csrfmiddlewaretoken" in form


@pytest.mark.parametrize("action", ["pause", "resume"])
def test_a_queue_that_does_not_exist_is_a_404(action: str) -> None:
    answer = an_operator().post(f"/ops/queues/nowhere/{action}/")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("action", "event"),
    [("pause", "ops_queue_paused"), ("resume", "ops_queue_resumed")],
)
def test_who_did_what_to_which_queue_is_logged_once(action: str, event: str) -> None:
    a_job()
    client = an_operator()
    if action == "resume":
        pause("chores")

    with capture_logs() as logs:
        client.post(f"/ops/queues/chores/{action}/")
        again = client.post(f"/ops/queues/chores/{action}/", follow=True)

    [entry] = [log for log in logs if log["event"].startswith("ops_")]
    assert (entry["event"], entry["queue"]) == (event, "chores")
    assert entry["user_id"] == client.session["_auth_user_id"]
    assert "No se hizo nada" in again.content.decode()
