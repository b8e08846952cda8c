#!/usr/bin/env python
"""Django's command line, with the local settings unless told otherwise."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault(  # noqa: TID251  # the one place before settings exist
        "DJANGO_SETTINGS_MODULE", "ayni.settings.local"
    )
    execute_from_command_line(sys.argv)
