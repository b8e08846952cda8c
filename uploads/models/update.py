"""What an upload changed, period by period."""

from django.db import models

from accounts.ids import new_id
from accounts.models import Company
from uploads.models.upload import Upload
from uploads.querysets import TenantManager
from uploads.states import Period


class DataUpdate(models.Model):
    """Rows of one period before and after one upload."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="+")
    period = models.CharField(
        max_length=9, choices=[(p.value, p.value) for p in Period]
    )
    # First day of the period in the company's time zone; weeks start on Monday (ISO).
    starts_on = models.DateField()
    rows_before = models.BigIntegerField()
    rows_after = models.BigIntegerField()
    rows_added = models.BigIntegerField()
    rows_updated = models.BigIntegerField()
    rows_unchanged = models.BigIntegerField()
    rows_deleted = models.BigIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager()

    class Meta:
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                "upload", "period", "starts_on", name="data_update_once"
            ),
        )
        indexes = (
            models.Index(
                fields=["company", "period", "starts_on"], name="data_update_list"
            ),
        )

    def __str__(self) -> str:
        return f"{self.period} {self.starts_on}"
