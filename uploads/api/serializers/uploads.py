"""Uploads as the API gives them, with what they refused and what they changed."""

from typing import Any

from rest_framework import serializers

from uploads.states import BadRows, LoadMode, Period, Status

STATUSES = [(status.value, status.value) for status in Status]
PERIODS = [(period.value, period.value) for period in Period]


class CountsSerializer(serializers.Serializer[Any]):
    """Rows: read = inserted + updated + unchanged + duplicate + rejected.

    That holds once the upload is completed. What is neither a sale nor refused is
    counted apart: blank lines, footnotes and the header where it stands again.
    """

    rows_read = serializers.IntegerField()
    rows_accepted = serializers.IntegerField()
    rows_inserted = serializers.IntegerField()
    rows_updated = serializers.IntegerField()
    rows_unchanged = serializers.IntegerField()
    rows_duplicate = serializers.IntegerField()
    rows_rejected = serializers.IntegerField()
    rows_blank = serializers.IntegerField(
        help_text="Records without a cell that holds anything; not among those read."
    )
    rows_footnotes = serializers.IntegerField(
        help_text="Totals and notes below the table; not among the rows read."
    )
    rows_headers = serializers.IntegerField(
        help_text="The header where it stood again; not among the rows read."
    )
    rows_deleted = serializers.IntegerField()


class RemarkSerializer(serializers.Serializer[Any]):
    """What is odd about rows that were accepted all the same."""

    code = serializers.CharField(help_text="A code of severity warning.")
    rows = serializers.IntegerField(help_text="How many accepted rows have it.")
    lines = serializers.ListField(
        child=serializers.IntegerField(), help_text="In the file, of the first of them."
    )
    message = serializers.CharField()


class StateSerializer(CountsSerializer):
    """How an upload is doing."""

    original_name = serializers.CharField()
    status = serializers.ChoiceField(choices=STATUSES)
    phase = serializers.CharField(help_text="What is being done right now.")
    progress_percent = serializers.IntegerField(help_text="0 to 100; never falls.")
    sequence = serializers.IntegerField(
        help_text="Grows with every change, here and in the events of the socket."
    )
    rows_per_second = serializers.FloatField(allow_null=True)
    seconds_left = serializers.FloatField(allow_null=True)
    quality_score = serializers.DecimalField(
        max_digits=5, decimal_places=2, allow_null=True
    )
    remarks = RemarkSerializer(
        many=True, help_text="By code; a row may have several remarks, and lands."
    )
    error_code = serializers.CharField(help_text="Empty unless something is wrong.")
    error_message = serializers.CharField()


class ProgressSerializer(StateSerializer):
    """How an upload is doing, as the socket says it on connect."""

    upload_id = serializers.UUIDField()
    company_id = serializers.UUIDField()


class UploadSerializer(StateSerializer):
    """An upload and everything known about it."""

    id = serializers.UUIDField()
    company_id = serializers.UUIDField()
    user_email = serializers.CharField(help_text="Empty once that person is gone.")
    size_bytes = serializers.IntegerField()
    sha256 = serializers.CharField()
    load_mode = serializers.ChoiceField(choices=[(m.value, m.value) for m in LoadMode])
    bad_rows = serializers.ChoiceField(choices=[(b.value, b.value) for b in BadRows])
    bad_rows_limit = serializers.IntegerField(allow_null=True)
    bad_rows_percent = serializers.DecimalField(
        max_digits=5, decimal_places=2, allow_null=True
    )
    quality_threshold = serializers.IntegerField(allow_null=True)
    keep_extra = serializers.BooleanField()
    review_requested = serializers.BooleanField()
    forced = serializers.BooleanField()
    mapping_id = serializers.UUIDField(allow_null=True)
    mapping_used = serializers.DictField(child=serializers.CharField(allow_blank=True))
    answers = serializers.DictField(
        help_text="What people said about the file in reviews; empty if nobody did."
    )
    dialect = serializers.DictField(help_text="How the file was understood.")
    assumptions = serializers.ListField(
        child=serializers.DictField(), help_text="What the file did not decide."
    )
    quality_parts = serializers.DictField()
    reject_counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="Refused rows by code."
    )
    error_details = serializers.DictField()
    attempts = serializers.IntegerField()
    has_file = serializers.BooleanField(help_text="Whether it can still be retried.")
    corrects = serializers.UUIDField(
        allow_null=True,
        help_text="The upload whose refused rows this one brings back, repaired.",
    )
    corrected_by = serializers.ListField(
        child=serializers.UUIDField(), help_text="Corrections of this upload, in order."
    )
    rows_corrected = serializers.IntegerField(
        help_text="How many of its refused rows have landed since."
    )
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)


class UploadsPageSerializer(serializers.Serializer[Any]):
    """A page of uploads, newest first."""

    next = serializers.URLField(allow_null=True)
    results = UploadSerializer(many=True)


class RejectSerializer(serializers.Serializer[Any]):
    """A refused row."""

    line = serializers.IntegerField(help_text="In the file, from 1.")
    record = serializers.IntegerField(help_text="After the header, from 1.")
    column = serializers.CharField(help_text="Empty where the whole row is at fault.")
    code = serializers.CharField()
    message = serializers.CharField()
    excerpt = serializers.CharField(help_text="At most 64 characters of the cell.")
    corrected_by = serializers.UUIDField(
        allow_null=True, help_text="The upload that brought it back, if it has landed."
    )


class RejectsPageSerializer(serializers.Serializer[Any]):
    """A page of refused rows, in the order of the file."""

    next = serializers.URLField(allow_null=True)
    results = RejectSerializer(many=True)


class UpdateSerializer(serializers.Serializer[Any]):
    """What an upload changed in one period: after = before + added - deleted."""

    period = serializers.ChoiceField(choices=PERIODS)
    starts_on = serializers.DateField(help_text="In the company's zone; ISO weeks.")
    rows_before = serializers.IntegerField()
    rows_after = serializers.IntegerField()
    rows_added = serializers.IntegerField()
    rows_updated = serializers.IntegerField()
    rows_unchanged = serializers.IntegerField()
    rows_deleted = serializers.IntegerField()


class UpdatesSerializer(serializers.Serializer[Any]):
    """What an upload changed, oldest period first. Not paged: a file has few."""

    results = UpdateSerializer(many=True)
