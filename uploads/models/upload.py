"""One file a company sent, and the truth about what became of it."""

from django.conf import settings
from django.db import models

from accounts.ids import new_id
from accounts.models import Company
from uploads.querysets import TenantManager
from uploads.states import BadRows, LoadMode, Status


class Upload(models.Model):
    """A file and its story.

    Counts obey read = inserted + updated + unchanged + duplicate + rejected; a CHECK
    constraint refuses a completed upload otherwise.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    company = models.ForeignKey(Company, models.CASCADE, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    original_name = models.CharField(max_length=255)
    stored_name = models.CharField(max_length=64, blank=True)
    size_bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    status = models.CharField(
        max_length=12,
        choices=[(s.value, s.value) for s in Status],
        default=Status.PENDING,
    )
    load_mode = models.CharField(
        max_length=14,
        choices=[(m.value, m.value) for m in LoadMode],
        default=LoadMode.UPSERT,
    )
    bad_rows = models.CharField(
        max_length=8,
        choices=[(b.value, b.value) for b in BadRows],
        default=BadRows.CONTINUE,
    )
    # With bad_rows = limit: at most this many rows, or this percentage of them.
    bad_rows_limit = models.PositiveIntegerField(null=True)
    bad_rows_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    # Null means the company's threshold; 0 never asks for a review.
    quality_threshold = models.PositiveSmallIntegerField(null=True)
    keep_extra = models.BooleanField(default=False)
    review_requested = models.BooleanField(default=False)
    forced = models.BooleanField(default=False)

    mapping = models.ForeignKey(
        "uploads.ColumnMapping", models.SET_NULL, null=True, related_name="+"
    )
    # {source header: field} given with the upload or taken from ``mapping``.
    mapping_used = models.JSONField(default=dict)
    # What people said about the file in a review; it goes before everything else.
    answers = models.JSONField(
        default=dict, db_default=models.Value({}, models.JSONField())
    )
    # As detected: encoding, delimiter, quote, header_line, columns and more.
    dialect = models.JSONField(default=dict)
    # A list of kind, column, what was assumed and for how many values.
    assumptions = models.JSONField(default=list)

    rows_read = models.BigIntegerField(default=0)
    rows_accepted = models.BigIntegerField(default=0)
    rows_inserted = models.BigIntegerField(default=0)
    rows_updated = models.BigIntegerField(default=0)
    rows_unchanged = models.BigIntegerField(default=0)
    rows_duplicate = models.BigIntegerField(default=0)
    rows_rejected = models.BigIntegerField(default=0)
    rows_blank = models.BigIntegerField(default=0)
    # Totals and notes below the table, and the header where it stood again: no rows.
    rows_footnotes = models.BigIntegerField(default=0, db_default=0)
    rows_headers = models.BigIntegerField(default=0, db_default=0)
    rows_deleted = models.BigIntegerField(default=0)
    quality_score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    # {"completeness": 20, ...}: what the score is made of.
    quality_parts = models.JSONField(default=dict)
    reject_counts = models.JSONField(default=dict)
    # A list of code, rows and the first lines: what is odd about accepted rows.
    remarks = models.JSONField(
        default=list, db_default=models.Value([], models.JSONField())
    )

    progress_percent = models.PositiveSmallIntegerField(default=0)
    phase = models.CharField(max_length=20, default="waiting")
    rows_per_second = models.FloatField(null=True)
    seconds_left = models.FloatField(null=True)
    sequence = models.BigIntegerField(default=0)

    error_code = models.CharField(max_length=64, blank=True)
    error_message = models.CharField(max_length=500, blank=True)
    error_details = models.JSONField(default=dict)
    job_id = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_of = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    # The upload whose refused rows this one brings back, repaired; never a correction.
    corrects = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    # How many of its refused rows have landed since.
    rows_corrected = models.BigIntegerField(default=0, db_default=0)

    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    file_removed_at = models.DateTimeField(null=True)

    objects = TenantManager()

    class Meta:
        default_manager_name = "objects"
        indexes = (
            models.Index(fields=["company", "-created_at", "-id"], name="upload_list"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["company", "sha256"],
                condition=models.Q(forced=False, deleted_at__isnull=True),
                name="upload_content_once",
            ),
            models.CheckConstraint(
                name="upload_rows_conserved",
                condition=~models.Q(status=Status.COMPLETED)
                | models.Q(
                    rows_read=models.F("rows_inserted")
                    + models.F("rows_updated")
                    + models.F("rows_unchanged")
                    + models.F("rows_duplicate")
                    + models.F("rows_rejected")
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.id} {self.status}"
