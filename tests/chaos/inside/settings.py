"""Settings of a stack that is tried: the local ones, and somebody at every point.

Nothing else installs ``Inside``, and no image holds the tests: in production there is
nothing to switch on.
"""

from ayni.settings.local import *  # noqa: F403, TID251 - one builds on another

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos.inside.app.Inside"]  # noqa: F405
