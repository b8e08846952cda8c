"""Filters of the lists, by query string. Days are days of the company's time zone."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.dateparse import parse_date, parse_datetime
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from uploads.api.serializers.uploads import PERIODS, STATUSES
from uploads.selectors import TransactionFilter, UploadFilter
from uploads.states import Period

ONE_DAY = dt.timedelta(days=1)
# Longer than any name or key worth looking for.
LONGEST_CHARS = 255
TEXT: dict[str, Any] = {"default": "", "max_length": LONGEST_CHARS}


@extend_schema_field(OpenApiTypes.DATETIME)
class MomentField(serializers.Field[Any, Any, Any, Any]):
    """A moment, or a day: which of its ends is meant, a subclass says."""

    def __init__(self, **options: Any) -> None:
        super().__init__(default=None, **options)

    def to_internal_value(self, data: Any) -> dt.datetime:
        text = str(data)
        zone = ZoneInfo(self.context["time_zone"])
        try:
            if (day := parse_date(text)) is not None:
                return self.moment_of(day, zone).astimezone(dt.UTC)
            if (moment := parse_datetime(text)) is not None:
                moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
                # Postgres refuses offsets that Python and ISO 8601 allow: +16:00.
                return moment.astimezone(dt.UTC)
        except (ValueError, OverflowError):
            pass  # Well formed but no such day: 2024-02-30.
        raise serializers.ValidationError("a day (2024-03-05) or a moment in ISO 8601")

    def to_representation(self, value: Any) -> Any:
        return value

    def moment_of(self, day: dt.date, zone: ZoneInfo) -> dt.datetime:
        return dt.datetime.combine(day, dt.time.min, tzinfo=zone)


class LastMomentField(MomentField):
    """The end of a range: a whole day is part of it, a moment is not."""

    def moment_of(self, day: dt.date, zone: ZoneInfo) -> dt.datetime:
        return super().moment_of(day + ONE_DAY, zone)


class UploadFilterSerializer(serializers.Serializer[Any]):
    """What uploads are narrowed by."""

    status = serializers.ChoiceField(choices=STATUSES, default="")
    created_from = MomentField(help_text="Sent on this day or later.")
    created_to = LastMomentField(help_text="Sent on this day or before.")
    name = serializers.CharField(**TEXT, help_text="Part of the file's name.")

    def narrowed(self) -> UploadFilter:
        """Return the filter; call it after ``is_valid``."""
        return UploadFilter(**self.validated_data)


class TransactionFilterSerializer(serializers.Serializer[Any]):
    """What sales are narrowed by."""

    date_from = MomentField(
        source="occurred_from", help_text="Sold on this day or later."
    )
    date_to = LastMomentField(
        source="occurred_to", help_text="Sold on this day or before."
    )
    transaction_id = serializers.CharField(**TEXT)
    product_id = serializers.CharField(**TEXT)
    customer_id = serializers.CharField(**TEXT)
    category = serializers.CharField(**TEXT)
    upload_id = serializers.UUIDField(
        default=None, help_text="The upload that wrote them last."
    )

    def narrowed(self) -> TransactionFilter:
        """Return the filter; call it after ``is_valid``."""
        return TransactionFilter(**self.validated_data)


class RejectFilterSerializer(serializers.Serializer[Any]):
    """What refused rows are narrowed by."""

    code = serializers.CharField(**TEXT)


class PeriodSerializer(serializers.Serializer[Any]):
    """Which periods are asked for."""

    period = serializers.ChoiceField(choices=PERIODS, default=Period.MONTHLY.value)
