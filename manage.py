#!/usr/bin/env python
"""Django's command line, with the local settings unless told otherwise.

On a developer's machine every command finds the folder's embedded services.
"""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

from ayni.localstack.addresses import complete

LOCAL = "ayni.settings.local"
VAR_DIR = Path(__file__).resolve().parent / "var"


def main() -> None:
    environment = os.environ  # noqa: TID251  # the one place before settings exist
    if environment.setdefault("DJANGO_SETTINGS_MODULE", LOCAL) == LOCAL:
        complete(environment, Path(environment.get("AYNI_VAR_DIR", VAR_DIR)))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
