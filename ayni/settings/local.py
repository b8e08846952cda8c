"""Settings of the local stack and of a developer's machine.

The local stack puts the addresses of its embedded services into the environment
before this module is read; nothing here guesses one.
"""

from ayni.settings import env
from ayni.settings.base import *

# Pages' files are served from where they are written; nothing has to be collected.
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SECURE_SSL_REDIRECT = False
ALLOWED_HOSTS = env.words("AYNI_ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
