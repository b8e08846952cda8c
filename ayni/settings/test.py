"""Settings of the test run: cheap hashing, own files, own Valkey databases."""

import os
from urllib.parse import urlsplit, urlunsplit

os.environ.setdefault(
    "AYNI_SECRET_KEY", "test-key-that-guards-nothing-0123456789-0123456789"
)

# Each test process takes three Valkey databases of its own (see env.valkey_databases).
WORKER_NUMBER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
if "REDIS_URL" in os.environ and "AYNI_TEST_REDIS_SHIFTED" not in os.environ:
    parts = urlsplit(os.environ["REDIS_URL"])
    first = int(parts.path.strip("/") or "0") + 3 * WORKER_NUMBER
    os.environ["REDIS_URL"] = urlunsplit(parts._replace(path=f"/{first}"))
    os.environ["AYNI_TEST_REDIS_SHIFTED"] = "true"

from ayni.settings.base import *

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
AXES_ENABLED = False
