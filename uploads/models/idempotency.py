"""First answers kept under the client's Idempotency-Key."""

from django.db import models

from accounts.models import Company
from uploads.models.upload import Upload
from uploads.querysets import TenantManager


class IdempotencyKey(models.Model):
    """One key of one company: the request it stood for and the upload it made."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    # SHA-256 of everything that decides the effect: content and options.
    fingerprint = models.CharField(max_length=64)
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager()

    class Meta:
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint("company", "key", name="idempotency_key_once"),
        )

    def __str__(self) -> str:
        return self.key
