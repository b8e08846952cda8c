"""The limits of reading as the settings have them."""

from django.conf import settings

from processing.pipeline.limits import Limits


def reading_limits() -> Limits:
    """Return how much of a file is read before it, or its row, is refused."""
    return Limits(
        total_bytes=settings.AYNI_READ_MAX_BYTES,
        ratio=settings.AYNI_READ_MAX_RATIO,
        rows=settings.AYNI_READ_MAX_ROWS,
        columns=settings.AYNI_READ_MAX_COLUMNS,
        line_bytes=settings.AYNI_READ_MAX_LINE_BYTES,
        field_bytes=settings.AYNI_READ_MAX_FIELD_BYTES,
        header_chars=settings.AYNI_READ_MAX_HEADER_CHARS,
        texts_bytes=settings.AYNI_READ_MAX_TEXTS_BYTES,
    )
