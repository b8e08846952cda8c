"""How our own programs are run: on this machine only, with what the plan says."""

from pathlib import Path

from django.conf import settings

from ayni.localstack.programs import WORKERS, StackPlan, plan_from_settings


def plan_in(folder: Path, **extra: str) -> StackPlan:
    return StackPlan(
        folder=folder,
        database_url="postgres://ayni:secret@127.0.0.1:1/ayni",
        redis_url="redis://:secret@127.0.0.1:1/0",
        secret_key="key",
        port=8_000,
        extra=extra,
    )


def test_secrets_are_not_on_the_list_of_processes(tmp_path: Path) -> None:
    words = [word for plan in plan_in(tmp_path).programs() for word in plan.command]

    assert [word for word in words if "secret" in word or word == "key"] == []


def test_the_web_process_answers_on_this_machine_only(tmp_path: Path) -> None:
    (web,) = (plan for plan in plan_in(tmp_path).programs() if plan.name == "web")

    assert web.command[web.command.index("--host") + 1] == "127.0.0.1"


def test_what_is_added_to_the_environment_wins(tmp_path: Path) -> None:
    environment = plan_in(tmp_path, AYNI_JOBS_GRACE_SECONDS="1").environment()

    assert environment["AYNI_JOBS_GRACE_SECONDS"] == "1"
    assert environment["AYNI_VAR_DIR"] == str(tmp_path)


def test_the_workers_know_when_they_would_be_killed(tmp_path: Path) -> None:
    """A grace that the stack would cut short is refused at the start (jobs.E008)."""
    (workers,) = (plan for plan in plan_in(tmp_path).programs() if plan.name == WORKERS)

    stop = float(workers.environment["AYNI_JOBS_STOP_SECONDS"])
    assert stop == workers.grace_seconds


def test_a_plan_from_settings_names_their_services() -> None:
    plan = plan_from_settings(preferred_port=8_000)

    assert plan.database_url == settings.DATABASE_URL
    assert plan.redis_url == settings.REDIS_URL
    assert plan.folder == settings.VAR_DIR
