"""Whether the tables are those of the code, and making them so.

Looking costs a tenth of a second; migrating costs two even when nothing is to be done,
which would be most of a second start.
"""

from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db.migrations.loader import MigrationLoader

from ayni.localstack.errors import ServiceStartError
from ayni.localstack.keeper import Keeper
from ayni.localstack.postgres import create_database
from ayni.localstack.programs import StackPlan
from ayni.localstack.waiting import wait_until

MIGRATE = "migrate"
# Every database server has this one; ours is made from there.
MAINTENANCE_DATABASE = "postgres"
CONNECT_SECONDS = 5
# All tables from nothing take five seconds on two busy cores.
MIGRATE_SECONDS = 300.0


def ensure_database(database_url: str) -> None:
    """Make the database on its own server unless it exists."""
    parts = urlsplit(database_url)
    maintenance = urlunsplit(parts._replace(path=f"/{MAINTENANCE_DATABASE}"))
    create_database(maintenance, parts.path.strip("/"))


def is_current(database_url: str) -> bool:
    """Return whether every migration of the code has been applied."""
    wanted = set(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
    return wanted <= _applied(database_url)


def migrate(keeper: Keeper, plan: StackPlan) -> None:
    """Bring the tables up to date in a process of its own; safe to call twice.

    Raises ``ServiceStartError`` if it fails; a failed migration leaves no trace.
    """
    program = plan.program(
        MIGRATE, "manage.py", "migrate", "--noinput", "--skip-checks"
    )
    keeper.start(program)
    has_ended = wait_until(
        lambda: keeper.exit_code(MIGRATE) is not None, seconds=MIGRATE_SECONDS
    )
    code = keeper.exit_code(MIGRATE)
    keeper.stop(MIGRATE)
    if not has_ended or code != 0:
        reason = f"ended with code {code}" if has_ended else "did not end"
        raise ServiceStartError(name=MIGRATE, reason=reason, log=program.log)


def _applied(database_url: str) -> set[tuple[str, str]]:
    with psycopg.connect(database_url, connect_timeout=CONNECT_SECONDS) as connection:
        try:
            rows = connection.execute("SELECT app, name FROM django_migrations")
        except psycopg.errors.UndefinedTable:
            return set()
        return {(app, name) for app, name in rows}
