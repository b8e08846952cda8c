"""Settings of a stack that is tried: the local ones, and somebody at every point.

Nothing else installs ``Inside``, and no image holds the tests: in production there is
nothing to switch on.
"""

from ayni.settings import env  # noqa: TID251 - one settings module builds on another
from ayni.settings.local import *  # noqa: F403, TID251 - likewise

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.inside.app.Inside"]  # noqa: F405
# The mistake that the checker has to find (``bugs.py``); usually none.
BUG = env.text("CHAOS_BUG", "")
