"""The web process, as the server that runs it finds it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import ayni.asgi
from django.db import connection

print(connection.settings_dict["CONN_MAX_AGE"])
"""


def test_no_session_outlives_the_thread_that_answered_with_it() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=ROOT,
    )

    assert answer.stdout.strip() == "0"
