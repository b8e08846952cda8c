"""What a client may ask for with an upload or a retry."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from uploads.api.serializers.mappings import LONGEST_SHEET_CHARS, ColumnsField
from uploads.services.options import UploadOptions
from uploads.services.retry import RetryChanges
from uploads.states import BadRows, LoadMode

MODES = [(mode.value, mode.value) for mode in LoadMode]
KINDS = [(kind.value, kind.value) for kind in BadRows]
# As large as the column that keeps it.
MOST_ROWS = 2**31 - 1
ABSENT: Mapping[str, Any] = {"default": None, "allow_null": True}
THRESHOLD: Mapping[str, Any] = {"min_value": 0, "max_value": 100, **ABSENT}


class OptionsSerializer(serializers.Serializer[Any]):
    """How a file is to be read and landed. What is not named here is ignored."""

    load_mode = serializers.ChoiceField(
        choices=MODES,
        default=LoadMode.UPSERT.value,
        help_text="What happens to a sale that is there already: `append` refuses it,"
        " `upsert` updates it, `replace_period` first removes the company's sales in"
        " the file's range of dates.",
    )
    bad_rows = serializers.ChoiceField(
        choices=KINDS,
        default=BadRows.CONTINUE.value,
        help_text="`continue` lands the good rows, `abort` lands none if one is bad,"
        " `limit` lands none if more are bad than allowed.",
    )
    bad_rows_limit = serializers.IntegerField(
        default=None,
        min_value=0,
        max_value=MOST_ROWS,
        help_text="With `limit`: at most so many refused rows.",
    )
    bad_rows_percent = serializers.DecimalField(
        default=None,
        max_digits=5,
        decimal_places=2,
        min_value=0,
        max_value=100,
        help_text="With `limit`: at most so many refused rows of a hundred.",
    )
    quality_threshold = serializers.IntegerField(
        **THRESHOLD,
        help_text="Below it the upload waits for review; absent means the company's, 0"
        " lands every file.",
    )
    keep_extra = serializers.BooleanField(
        default=False, help_text="Keep columns that are no field of a transaction."
    )
    review_requested = serializers.BooleanField(
        default=False, help_text="Stop before landing, until somebody retries it."
    )
    mapping_id = serializers.UUIDField(
        default=None, help_text="A saved mapping; absent means the company's default."
    )
    mapping = ColumnsField(
        default=None,
        help_text="Source header to field, as JSON; goes before a saved mapping.",
    )
    sheet = serializers.CharField(
        default=None,
        max_length=LONGEST_SHEET_CHARS,
        help_text="Of a workbook: the name of the sheet to read, or its number from 1"
        " among those that can be seen; absent means the first of them.",
    )
    corrects = serializers.UUIDField(
        default=None,
        help_text="The upload whose refused rows come back here, repaired: the file of"
        " `rejects.csv` with its `ayni_line`. They are read and landed as that upload"
        " was; other options do not count.",
    )
    force = serializers.BooleanField(
        default=False, help_text="Take content that was sent before."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        limits = (attrs["bad_rows_limit"], attrs["bad_rows_percent"])
        has_limit = any(limit is not None for limit in limits)
        if has_limit != (attrs["bad_rows"] == BadRows.LIMIT):
            raise serializers.ValidationError(
                {
                    "bad_rows": "limit goes together with bad_rows_limit or"
                    " bad_rows_percent, and they with it"
                },
                code="limit_incomplete",
            )
        return attrs

    def options(self) -> UploadOptions:
        """Return what was asked for; call it after ``is_valid``."""
        asked = dict(self.validated_data)
        return UploadOptions(
            load_mode=LoadMode(asked.pop("load_mode")),
            bad_rows=BadRows(asked.pop("bad_rows")),
            **asked,
        )


class UploadFormSerializer(OptionsSerializer):
    """A form with a file and options."""

    file = serializers.FileField(help_text="The CSV file.")


class RawBodySerializer(OptionsSerializer):
    """The options beside a body that is the file itself."""

    name = serializers.CharField(default="", help_text="The file's name.")


class RetrySerializer(serializers.Serializer[Any]):
    """What is to be different this time."""

    quality_threshold = serializers.IntegerField(
        **THRESHOLD, help_text="0 lands the file whatever its quality."
    )
    mapping_id = serializers.UUIDField(**ABSENT)
    mapping = ColumnsField(**ABSENT)

    def changes(self) -> RetryChanges:
        """Return what was asked for; call it after ``is_valid``."""
        return RetryChanges(**self.validated_data)
