"""Settings of the local stack and of a developer's machine.

The embedded services write ``var/stack.env``-style variables into the environment
before this module is read; nothing here guesses an address.
"""

from ayni.settings.base import *

SECURE_SSL_REDIRECT = False
ALLOWED_HOSTS = env.words("AYNI_ALLOWED_HOSTS", ["127.0.0.1", "localhost"])
