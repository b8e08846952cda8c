"""The house keeps its own rules: sizes, names, codes, events, tenants, settings."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = (
    "accounts",
    "ayni",
    "benchmarks",
    "dashboard",
    "jobs",
    "ops",
    "processing",
    "realtime",
    "uploads",
)
SOURCES = sorted(
    path
    for package in (*PACKAGES, "tests")
    for path in (ROOT / package).rglob("*.py")
    if "migrations" not in path.parts
)
SHIPPED = [path for path in SOURCES if path.relative_to(ROOT).parts[0] != "tests"]
LONGEST_MODULE_LINES = 300
LONGEST_FUNCTION_LINES = 40
NAMES_WITHOUT_SUBJECT = {"utils", "helpers", "common", "misc", "tasks"}
# The worker's boundary, the socket's boundary and nowhere else (style.md, section 6).
CATCH_ALL_ALLOWED = {
    # The words of an exception are code of the work, too.
    "jobs/failures.py",
    "jobs/isolation.py",
    "jobs/runner.py",
    "realtime/consumers.py",
}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    long = {
        place(path): count
        for path in SOURCES
        if (count := len(path.read_text(encoding="utf-8").splitlines()))
        > LONGEST_MODULE_LINES
    }

    assert long == {}


def test_no_function_is_longer_than_forty_lines() -> None:
    long = {
        f"{place(path)}:{node.name}": length
        for path in SOURCES
        for node in functions(path)
        if (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION_LINES
    }

    assert long == {}


def test_every_module_is_named_after_its_subject() -> None:
    nameless = [place(path) for path in SHIPPED if path.stem in NAMES_WITHOUT_SUBJECT]

    assert nameless == []


def test_every_module_says_what_lives_in_it() -> None:
    silent = [
        place(path)
        for path in SHIPPED
        if not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]

    assert silent == []


def test_only_the_boundaries_catch_everything() -> None:
    places = {
        place(path)
        for path in SHIPPED
        if re.search(r"except (Base)?Exception\b", path.read_text(encoding="utf-8"))
    }

    assert places - CATCH_ALL_ALLOWED == set()


def error_classes() -> list[type[BaseException]]:
    found: set[type[BaseException]] = set()
    for package in ("accounts", "jobs", "processing", "uploads", "realtime"):
        root = importlib.import_module(package)
        for module in pkgutil.walk_packages(root.__path__, f"{package}."):
            if module.name.rsplit(".", 1)[-1] != "errors":
                continue
            for _, value in inspect.getmembers(importlib.import_module(module.name)):
                if inspect.isclass(value) and issubclass(value, BaseException):
                    found.add(value)
    return sorted(found, key=lambda value: value.__qualname__)


def test_every_error_has_a_code_of_its_own() -> None:
    codes = Counter(
        code
        for error in error_classes()
        if isinstance(code := error.__dict__.get("code"), str) and code
    )

    assert codes
    assert [code for code, count in codes.items() if count > 1] == []
    assert [code for code in codes if not re.fullmatch(r"[a-z][a-z0-9_]*", code)] == []


def test_every_event_has_a_handler_and_every_handler_an_event() -> None:
    consumers = importlib.import_module("realtime.consumers")
    events = importlib.import_module("realtime.events").EVENTS
    wanted = {event.type.replace(".", "_") for event in events}

    for name in ("UploadConsumer", "CompanyConsumer"):
        consumer = getattr(consumers, name)
        handlers = {method for method in dir(consumer) if method.startswith("upload_")}
        assert handlers == wanted, name


def test_every_table_of_a_company_starts_from_the_company() -> None:
    querysets = importlib.import_module("uploads.querysets")
    tenant_models = [
        model
        for model in apps.get_app_config("uploads").get_models()
        if any(field.name == "company" for field in model._meta.get_fields())
    ]

    assert tenant_models
    for model in tenant_models:
        assert isinstance(model._default_manager, querysets.TenantManager), model


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    names = {name for name in dir(settings) if name.startswith("AYNI_")}

    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


def test_the_actors_we_address_by_name_exist_and_take_what_we_send() -> None:
    actors = importlib.import_module("processing.actors")
    signature = inspect.signature(actors.process_upload.fn)

    signature.bind(object(), upload_id="018f0000-0000-7000-8000-000000000000")
    inspect.signature(actors.preview_upload.fn).bind(
        object(), upload_id="018f0000-0000-7000-8000-000000000000", reading={}
    )


@pytest.mark.parametrize("module", ["ayni.asgi", "ayni.urls"])
def test_the_web_process_never_loads_polars(module: str) -> None:
    program = (
        "import django, importlib, sys; django.setup();"
        f"importlib.import_module({module!r});"
        "print(sorted(m for m in sys.modules if m.split('.')[0]"
        " in {'polars', 'processing'} and m not in {'processing', 'processing.apps'}))"
    )

    answer = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=ROOT,
    )

    assert answer.stdout.strip() == "[]"
