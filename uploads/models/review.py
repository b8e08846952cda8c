"""What was shown of a file before it landed, who answered, and what was learnt."""

from django.conf import settings
from django.db import models

from accounts.ids import new_id
from accounts.models import Company
from uploads.models.upload import Upload
from uploads.querysets import TenantManager


class UploadPreview(models.Model):
    """What a file looks like, read in one way. Without content it was refused so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="+")
    # Of the way it was read and of what was said about the file until then.
    fingerprint = models.CharField(max_length=64)
    # Bounded by whoever makes it: so many records, columns and characters.
    content = models.JSONField(default=dict)
    error_code = models.CharField(max_length=64, blank=True)
    error_message = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()

    objects = TenantManager()

    class Meta:
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(
                fields=["upload", "fingerprint"], name="preview_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.upload_id} {self.fingerprint[:8]}"


class UploadReview(models.Model):
    """One answer to one question about an upload; each attempt asks at most once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    attempt = models.PositiveSmallIntegerField()
    # Why a person was asked: the error code of the upload at that moment.
    question = models.CharField(max_length=64)
    decision = models.CharField(max_length=8)
    answers = models.JSONField(default=dict)
    # Of all that was answered: the same answer again is no second one.
    fingerprint = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = TenantManager()

    class Meta:
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=["upload", "attempt"], name="review_once"),
        )

    def __str__(self) -> str:
        return f"{self.upload_id} {self.decision}"


class LearntHeader(models.Model):
    """What the people of a company took a header for, the last time they chose."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    # The header as columns are compared: without the case of its letters.
    key = models.CharField(max_length=400)
    header = models.CharField(max_length=200)
    # Empty for a column that is left out.
    field = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=8)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    upload_id = models.UUIDField(null=True)
    learnt_at = models.DateTimeField()

    objects = TenantManager()

    class Meta:
        default_manager_name = "objects"
        constraints = (
            models.UniqueConstraint(fields=["company", "key"], name="learnt_once"),
        )
        indexes = (
            models.Index(fields=["company", "-learnt_at", "-id"], name="learnt_list"),
        )

    def __str__(self) -> str:
        return f"{self.header} {self.field}"
