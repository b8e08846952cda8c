"""A landed sale, exactly as the file said it."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from accounts.models import Company
from uploads.models.upload import Upload
from uploads.querysets import TenantManager


class RawTransaction(models.Model):
    """One sale line. Natural key: company, transaction_id, product_id, occurrence.

    The surrogate key is never shown: clients know a row by its natural key.
    Foreign keys are checked by the merge, which holds the upload's row, so that
    landing does not look two parents up for each of a million rows. Company, upload
    and occurrence have defaults in the database, for COPY (decision 0021).
    """

    company = models.ForeignKey(
        Company, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    upload = models.ForeignKey(
        Upload, models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    occurred_at = models.DateTimeField()
    transaction_id = models.TextField()
    product_id = models.TextField()
    occurrence = models.PositiveIntegerField(default=1)
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    price_total = models.DecimalField(max_digits=16, decimal_places=4)
    # Absent text is NULL: what the file did not say is not the same as "".
    transaction_type = models.TextField(null=True)  # noqa: DJ001
    customer_id = models.TextField(null=True)  # noqa: DJ001
    description = models.TextField(null=True)  # noqa: DJ001
    category = models.TextField(null=True)  # noqa: DJ001
    unit_type = models.TextField(null=True)  # noqa: DJ001
    stock = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    cost_unit = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    cost_total = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    price_unit = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    discount_total = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    commission_total = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    margin = models.DecimalField(max_digits=16, decimal_places=4, null=True)
    extra = models.JSONField(null=True)

    objects = TenantManager()

    class Meta:
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=["company", "transaction_id", "product_id", "occurrence"],
                name="transaction_natural_key",
            ),
        )
        indexes = (
            models.Index(
                fields=["company", "occurred_at", "id"], name="transaction_by_time"
            ),
            # An upload's rows lie together, and ids of uploads rise with time.
            BrinIndex(
                fields=["upload"], autosummarize=True, name="transaction_by_upload"
            ),
        )

    def __str__(self) -> str:
        return f"{self.transaction_id}/{self.product_id}/{self.occurrence}"
