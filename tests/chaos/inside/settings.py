"""Settings of a stack that is tried: the local ones, and somebody at every point.

Nothing else installs ``Inside``, and no image holds the tests: in production there is
nothing to switch on.
"""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from ayni.settings import env  # noqa: TID251 - one settings module builds on another
from ayni.settings.local import *  # noqa: F403, TID251 - likewise

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.inside.app.Inside"]  # noqa: F405
# The mistake that the checker has to find (``bugs.py``); usually none.
BUG = env.text("CHAOS_BUG", "")
# The channel layer is reached by a line of its own, which can fall silent.
LINE = env.text("CHAOS_CHANNELS_PORT")
ADDRESS = urlsplit(CHANNELS_URL)  # noqa: F405
LAYER: Any = CHANNEL_LAYERS["default"]  # noqa: F405
LAYER["CONFIG"]["hosts"][0]["address"] = ADDRESS._replace(
    netloc=f"{ADDRESS.netloc.rpartition(':')[0]}:{LINE}"
).geturl()
# A whole campaign takes longer than people stay signed in; clients here sign in once.
SIMPLE_JWT["ACCESS_TOKEN_LIFETIME"] = timedelta(days=1)  # noqa: F405
