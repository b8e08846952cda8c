"""A row we refused, with where it stood and why."""

from django.db import models

from accounts.models import Company
from uploads.models.upload import Upload
from uploads.querysets import TenantManager


class Reject(models.Model):
    """One refused row. Its place: physical line and record, both from 1."""

    company = models.ForeignKey(
        Company, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    upload = models.ForeignKey(
        Upload, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    line = models.BigIntegerField()
    record = models.BigIntegerField()
    byte_offset = models.BigIntegerField()
    column = models.TextField(blank=True)
    code = models.CharField(max_length=64)
    excerpt = models.CharField(max_length=64, blank=True)
    # The record as the file's columns in order, so that it can be fixed and sent again.
    raw = models.JSONField(default=list)

    objects = TenantManager()

    class Meta:
        default_manager_name = "objects"
        indexes = (
            models.Index(fields=["upload", "line", "id"], name="reject_by_line"),
        )

    def __str__(self) -> str:
        return f"line {self.line}: {self.code}"
