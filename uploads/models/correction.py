"""A refused row that came back repaired and landed."""

from django.db import models

from accounts.models import Company
from uploads.models.upload import Upload
from uploads.querysets import TenantManager


class CorrectedRow(models.Model):
    """One refused row of ``upload``, by its line there, and what it became.

    No line is corrected twice: the constraint decides between two corrections at once.
    """

    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="+")
    line = models.BigIntegerField()
    # The upload that brought it. Deleting that one leaves the row corrected.
    correction_id = models.UUIDField()
    transaction_id = models.TextField()
    product_id = models.TextField()

    objects = TenantManager()

    class Meta:
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=["upload", "line"], name="corrected_once"),
        )

    def __str__(self) -> str:
        return f"{self.upload_id} line {self.line}"
