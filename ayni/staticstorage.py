"""Static files under names that change with their content, our modules' imports too."""

from typing import ClassVar

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

# What an import looks like, and what it becomes: Django keeps that to itself.
IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns[1]  # type: ignore[attr-defined]  # noqa: SLF001
OURS = ("frame/*.js", "dashboard/*.js", "ops/*.js")


class OwnModulesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Rewrite the imports of our own ES modules only.

    Django's switch for it rewrites everybody's scripts, and stumbles over what looks
    like an import in a minified one.
    """

    patterns: ClassVar[tuple[object, ...]] = (
        *HashedFilesMixin.patterns,
        *((glob, IMPORTS) for glob in OURS),
    )
