"""Which Chromium drives the browser tests, and how it is kept from calling home.

``python -m tests.chromium`` names it, and ends with 1 if there is none to be found.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

# Debian's own and the usual others, before one that has to be downloaded.
PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
QUIET_SWITCHES = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


def system_chromium() -> str | None:
    """Return the machine's own Chromium."""
    found = (shutil.which(program) for program in PROGRAMS)
    return next((path for path in found if path), None)


def launch_arguments() -> dict[str, Any]:
    """Return what Playwright is told to launch; without a path it takes its own."""
    arguments: dict[str, Any] = {"args": [*QUIET_SWITCHES, *_sandbox_switches()]}
    path = system_chromium()
    return {**arguments, "executable_path": path} if path else arguments


def find() -> str | None:
    """Return the Chromium that would be launched, None if there is none."""
    return system_chromium() or _playwright_chromium()


def _sandbox_switches() -> tuple[str, ...]:
    """Chromium refuses to build its sandbox as root."""
    return ("--no-sandbox",) if os.geteuid() == 0 else ()


def _playwright_chromium() -> str | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return str(path) if path.exists() else None


if __name__ == "__main__":
    chosen = find()
    sys.stdout.write(f"{chosen or 'no Chromium found'}\n")
    raise SystemExit(0 if chosen else 1)
