"""Settings of the test run: cheap hashing, own files, own Valkey databases."""

import os

os.environ.setdefault("AYNI_SECRET_KEY", "test-key-that-guards-nothing-at-all-0123456789")

from ayni.settings.base import *

# Each test process takes three Valkey databases of its own (see valkey_databases).
WORKER_NUMBER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
AXES_ENABLED = False
