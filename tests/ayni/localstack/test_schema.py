"""Whether the tables are those of the code."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from django.db import connection

from ayni.localstack import schema


@pytest.fixture
def database_url(db: None) -> str:
    """Return the address of the test database, which pytest-django has migrated."""
    parts = urlsplit(os.environ["DATABASE_URL"])  # noqa: TID251
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


def test_a_migrated_database_is_current(database_url: str) -> None:
    assert schema.is_current(database_url)


def test_a_database_without_tables_is_not_current(database_url: str) -> None:
    empty = urlunsplit(urlsplit(database_url)._replace(path="/postgres"))

    assert not schema.is_current(empty)


def test_a_database_that_lacks_one_migration_is_not_current(
    database_url: str,
) -> None:
    with psycopg.connect(database_url) as other:
        row = other.execute(
            "DELETE FROM django_migrations WHERE id ="
            " (SELECT max(id) FROM django_migrations) RETURNING app, name, applied"
        ).fetchone()
    try:
        assert not schema.is_current(database_url)
    finally:
        with psycopg.connect(database_url) as other:
            other.execute(
                "INSERT INTO django_migrations (app, name, applied)"
                " VALUES (%s, %s, %s)",
                row,
            )


def test_making_a_database_that_exists_is_harmless(database_url: str) -> None:
    schema.ensure_database(database_url)
