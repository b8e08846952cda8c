"""Settings of the test run: cheap hashing, own files, own Valkey databases."""

import os
from urllib.parse import urlsplit, urlunsplit

os.environ.setdefault(
    "AYNI_SECRET_KEY", "test-key-that-guards-nothing-0123456789-0123456789"
)

# Each test process takes three Valkey databases of its own (see env.valkey_databases).
WORKER_NUMBER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
# Children inherit the address we shift: they must shift the first one, not ours.
if "REDIS_URL" in os.environ:
    base = os.environ.setdefault("AYNI_TEST_REDIS_BASE", os.environ["REDIS_URL"])
    parts = urlsplit(base)
    first = int(parts.path.strip("/") or "0") + 3 * WORKER_NUMBER
    os.environ["REDIS_URL"] = urlunsplit(parts._replace(path=f"/{first}"))

from ayni.settings.base import *

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
# No folder of collected files is looked for, and missed, at start.
WHITENOISE_AUTOREFRESH = True
AXES_ENABLED = False
