"""Typed rows as the CSV bytes that COPY takes."""

from processing.pipeline.fields import FIELDS

# The columns of ``Batch.copy_csv``, in order.
STAGING_COLUMNS: tuple[str, ...] = (
    "record",
    "line",
    *(field.name for field in FIELDS),
    "extra",
)
