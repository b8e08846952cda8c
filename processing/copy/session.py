"""What the transaction of a landing asks of its session: time, memory, attention."""

from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg import sql

from processing.copy.statements import Target

# A merge may take as long as its job (hard limit, 900 s), and wait as long for its
# turn. 128 MB keep the sorts and hashes of a million keys in memory (hashes may take
# twice that).
MERGING: Mapping[str, str] = {
    "statement_timeout": "900s",
    "lock_timeout": "900s",
    "work_mem": "128MB",
    # Compiling these statements costs a small merge more than it saves a large one.
    "jit": "off",
    # A killed child's statement must stop soon: it holds the company's turn.
    "client_connection_check_interval": "1s",
}
# A batch is copied in less than a second. A child that was stopped in the middle of one
# holds the company's turn for no longer than this, nor between two of them.
COPYING: Mapping[str, str] = {
    **MERGING,
    "statement_timeout": "60s",
    "idle_in_transaction_session_timeout": "60s",
}


def owner_of(target: Target) -> Mapping[str, str]:
    """Return what tells the session whose rows a COPY into the table brings.

    The defaults of the table's columns read these names (decision 0021), and a row
    without them is refused: nobody else's can be meant.
    """
    return {
        "ayni.landing_company_id": target.company_id,
        "ayni.landing_upload_id": target.upload_id,
    }


def set_locally(cursor: psycopg.Cursor[Any], settings: Mapping[str, str]) -> None:
    """Make these settings hold until the transaction ends."""
    for name, value in settings.items():
        cursor.execute(
            sql.SQL("SET LOCAL {} = {}").format(
                sql.Identifier(name), sql.Literal(value)
            )
        )
