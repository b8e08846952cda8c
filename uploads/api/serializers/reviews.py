"""What is shown of a file before it lands, and what a person may say about it."""

from typing import Any

from rest_framework import serializers

from accounts.models.company import DateOrder, DecimalMark
from uploads.answers import Reading
from uploads.api.serializers.mappings import (
    FORMATS,
    LONGEST_SHEET_CHARS,
    DefaultsField,
)
from uploads.api.serializers.options import THRESHOLD
from uploads.fields import FIELDS, LEFT_OUT, MOST_COLUMNS
from uploads.formats import LONGEST_DELIMITER_CHARS, LONGEST_FORMAT_CHARS
from uploads.services.filling import ColumnChoice
from uploads.services.review import Decision, ReviewAnswer

DECISIONS = [(decision.value, decision.value) for decision in Decision]
# No quotation mark at all has a name of its own: an empty text would be easily missed.
NO_QUOTE = "none"
QUOTES = ('"', "'", NO_QUOTE)
# Titles above a header take fewer lines than this.
LAST_HEADER_LINE = 1_000
MOST_ATTEMPTS = 2**15 - 1


class ReadingSerializer(serializers.Serializer[Any]):
    """How a file is to be cut into records. What is left out is detected."""

    encoding = serializers.CharField(
        required=False, max_length=LONGEST_FORMAT_CHARS, help_text="A name of Python's."
    )
    delimiter = serializers.CharField(
        required=False,
        max_length=LONGEST_DELIMITER_CHARS,
        trim_whitespace=False,
        help_text="One sign, or several that are one delimiter, such as `||`.",
    )
    quote = serializers.ChoiceField(required=False, choices=QUOTES)
    header_line = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=LAST_HEADER_LINE,
        help_text="The physical line, from 1; 0 if no line names the columns.",
    )
    sheet = serializers.CharField(
        required=False,
        max_length=LONGEST_SHEET_CHARS,
        help_text="Of a workbook: a sheet's name, or its number from 1.",
    )

    def validate_encoding(self, value: str) -> str:
        return self._checked("encoding", value)

    def validate_delimiter(self, value: str) -> str:
        return self._checked("delimiter", value)

    def reading(self) -> Reading:
        """Return what was asked for; call it after ``is_valid``."""
        said = {
            name: self.validated_data[name]
            for name in ("encoding", "delimiter", "quote", "header_line", "sheet")
            if name in self.validated_data
        }
        if said.get("quote") == NO_QUOTE:
            said["quote"] = ""
        return Reading(**said)

    def _checked(self, name: str, value: str) -> str:
        if not FORMATS[name](value):
            raise serializers.ValidationError(f"{name} cannot be {value!r}")
        return value


class ColumnChoiceSerializer(serializers.Serializer[Any]):
    """What a person says of one column."""

    index = serializers.IntegerField(
        min_value=0, max_value=MOST_COLUMNS - 1, help_text="From 0, as in the preview."
    )
    field = serializers.ChoiceField(
        required=False,
        choices=[*FIELDS, (LEFT_OUT, "left out")],
        help_text="Empty leaves the column out; absent means as it was shown.",
    )
    decimal_mark = serializers.ChoiceField(required=False, choices=DecimalMark.choices)
    date_order = serializers.ChoiceField(required=False, choices=DateOrder.choices)


class ReviewSerializer(ReadingSerializer):
    """An answer. What is left out stays as it was shown."""

    decision = serializers.ChoiceField(
        choices=DECISIONS,
        default=Decision.ACCEPT.value,
        help_text="`accept` lets the file land as shown and overruled here, `reject`"
        " ends the upload as cancelled.",
    )
    attempt = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_ATTEMPTS,
        help_text="The attempt you looked at; another one is not answered.",
    )
    columns = ColumnChoiceSerializer(many=True, required=False)
    defaults = DefaultsField(default=dict)
    quality_threshold = serializers.IntegerField(
        **THRESHOLD, help_text="0 lands the file whatever its quality."
    )
    remember = serializers.BooleanField(
        default=True,
        help_text="Use what was not sure for the company's next files as well, once"
        " this one has landed.",
    )

    def validate_columns(self, value: list[dict[str, Any]]) -> list[dict[str, Any]]:
        indices = [choice["index"] for choice in value]
        if len(indices) > MOST_COLUMNS or len(set(indices)) < len(indices):
            raise serializers.ValidationError("a column may be named once")
        return value

    def answer(self, user_id: Any) -> ReviewAnswer:
        """Return the answer of that person; call it after ``is_valid``."""
        said = self.validated_data
        return ReviewAnswer(
            user_id=user_id,
            decision=Decision(said["decision"]),
            attempt=said.get("attempt"),
            reading=self.reading(),
            columns=tuple(ColumnChoice(**c) for c in said.get("columns", ())),
            defaults=said["defaults"],
            quality_threshold=said["quality_threshold"],
            is_lesson=said["remember"],
        )


class FindingSerializer(serializers.Serializer[Any]):
    """One thing that was detected: how surely, and why."""

    value = serializers.CharField(allow_blank=True)
    confidence = serializers.FloatField(help_text="0 to 1.")
    reason = serializers.CharField()


class LineFindingSerializer(FindingSerializer):
    """A line that was detected; 0 is none."""

    value = serializers.IntegerField()  # type: ignore[assignment]


class TeacherSerializer(serializers.Serializer[Any]):
    """Who taught us about a header, and when."""

    by = serializers.CharField(help_text="Empty once that person is gone.")
    at = serializers.DateTimeField()
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="`review` or `mapping`."
    )


class ShownColumnSerializer(serializers.Serializer[Any]):
    """A column, what it was taken for, and some of its values."""

    index = serializers.IntegerField()
    header = serializers.CharField(help_text="Cut after 64 characters.")
    field = serializers.CharField(allow_null=True)
    confidence = serializers.FloatField()
    reason = serializers.CharField(
        help_text="`name`, `synonym`, `words and values`, `values`,"
        " `values contradict`, `part of the name`, `learnt`, `mapping`, `review`,"
        " `time of day`, `the only name of the product`, `the only one of its kind`"
        " or `no field`."
    )
    decimal_mark = serializers.CharField()
    date_order = serializers.CharField()
    samples = serializers.ListField(child=serializers.CharField())
    readings = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField(allow_blank=True)),
        help_text="What the samples mean under each convention that can read any of"
        " them: `comma`, `point`, `day_first`, `month_first`, `serial`. Empty text: it"
        " cannot be read so.",
    )
    learnt = TeacherSerializer(allow_null=True)


class ShownRecordSerializer(serializers.Serializer[Any]):
    """A record as text."""

    line = serializers.IntegerField()
    cells = serializers.ListField(
        child=serializers.CharField(), help_text="Cut after 64 characters, with …."
    )


class ShownRejectSerializer(serializers.Serializer[Any]):
    """A refused record among the first."""

    line = serializers.IntegerField()
    code = serializers.CharField()
    excerpt = serializers.CharField()


class PreviewSerializer(serializers.Serializer[Any]):
    """What a file looks like before it lands."""

    attempt = serializers.IntegerField(help_text="For the answer.")
    evidence = serializers.ChoiceField(
        choices=["beginning", "whole_file"],
        help_text="What columns, assumptions and questions were decided from.",
    )
    sheet = serializers.CharField(help_text="Of a workbook: the sheet that is shown.")
    sheets = serializers.ListField(
        child=serializers.CharField(), help_text="Its sheets that can be seen."
    )
    encoding = FindingSerializer()
    delimiter = FindingSerializer()
    quote = FindingSerializer()
    line_ending = FindingSerializer()
    header_line = LineFindingSerializer()
    column_count = serializers.IntegerField(
        help_text="`columns` has no more than 2,000 of them."
    )
    columns = ShownColumnSerializer(many=True)
    records = ShownRecordSerializer(many=True)
    rejects = ShownRejectSerializer(many=True)
    assumptions = serializers.ListField(child=serializers.DictField())
    questions = serializers.ListField(child=serializers.DictField())
    cells_cut = serializers.IntegerField(help_text="Cells longer than shown.")
    is_whole = serializers.BooleanField(help_text="Whether these are all records.")


class BeingMadeSerializer(serializers.Serializer[Any]):
    """The preview is being made; ask again after `Retry-After` seconds."""

    status = serializers.CharField()


class ReviewedSerializer(serializers.Serializer[Any]):
    """An answer that was given."""

    attempt = serializers.IntegerField()
    question = serializers.CharField(help_text="The code of what was asked.")
    decision = serializers.ChoiceField(choices=[*DECISIONS, ("retry", "retry")])
    answers = serializers.DictField()
    by = serializers.CharField(help_text="Empty once that person is gone.")
    created_at = serializers.DateTimeField()


class ReviewsSerializer(serializers.Serializer[Any]):
    """All answers about an upload, in order. Not paged: a file has few."""

    results = ReviewedSerializer(many=True)


class LearntSerializer(serializers.Serializer[Any]):
    """What a header was taken for by a person."""

    id = serializers.UUIDField()
    header = serializers.CharField()
    field = serializers.CharField(help_text="Empty for a column that is left out.")
    source = serializers.CharField(  # type: ignore[assignment]
        help_text="`review` or `mapping`."
    )
    by = serializers.CharField(help_text="Empty once that person is gone.")
    upload_id = serializers.UUIDField(allow_null=True)
    learnt_at = serializers.DateTimeField()


class LearntPageSerializer(serializers.Serializer[Any]):
    """A page of what was learnt."""

    next = serializers.URLField(allow_null=True)
    results = LearntSerializer(many=True)
