"""Mappings as the API takes and gives them."""

import json
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from uploads.fields import (
    FIELDS,
    LEFT_OUT,
    LONGEST_DEFAULT_CHARS,
    LONGEST_HEADER_CHARS,
    MOST_COLUMNS,
)
from uploads.formats import (
    LONGEST_DELIMITER_CHARS,
    is_delimiter,
    is_encoding,
)

MARKS = ("comma", "point")
ORDERS = ("day_first", "month_first")
# Excel names no sheet longer than 31.
LONGEST_SHEET_CHARS = 64
TARGETS = frozenset({*FIELDS, LEFT_OUT})


class TextMapField(serializers.Field[Any, Any, Any, Any]):
    """An object of texts; inside a form or a query, as JSON."""

    def to_internal_value(self, data: Any) -> dict[str, str]:
        if isinstance(data, str):
            data = self._parsed(data)
        if not isinstance(data, Mapping) or not all(
            isinstance(text, str) for pair in data.items() for text in pair
        ):
            raise serializers.ValidationError("an object of texts is expected")
        if any(map(_is_unprintable, [*data, *data.values()])):
            raise serializers.ValidationError("a text has a control character")
        return self.checked(dict(data))

    def to_representation(self, value: Any) -> Any:
        return value

    def checked(self, texts: dict[str, str]) -> dict[str, str]:
        """Return ``texts`` if they are what this field takes."""
        return texts

    def _parsed(self, text: str) -> Any:
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as exc:
            raise serializers.ValidationError("this is not JSON") from exc


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": "string", "enum": [*FIELDS, LEFT_OUT]},
        "example": {"Fecha": "occurred_at", "Boleta": "transaction_id"},
    }
)
class ColumnsField(TextMapField):
    """Source header to field; a header mapped to an empty text is left out."""

    def checked(self, texts: dict[str, str]) -> dict[str, str]:
        if len(texts) > MOST_COLUMNS:
            raise serializers.ValidationError(f"at most {MOST_COLUMNS} columns")
        if any(not 0 < len(header) <= LONGEST_HEADER_CHARS for header in texts):
            raise serializers.ValidationError(
                f"a header has 1 to {LONGEST_HEADER_CHARS} characters"
            )
        if unknown := sorted({*texts.values()} - TARGETS):
            raise serializers.ValidationError(
                f"no such field: {unknown[0]}; the fields are {', '.join(FIELDS)}",
                code="unknown_field",
            )
        return texts


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            "decimal_mark": {"type": "string", "enum": list(MARKS)},
            "date_order": {"type": "string", "enum": list(ORDERS)},
            "encoding": {"type": "string"},
            "delimiter": {"type": "string", "maxLength": LONGEST_DELIMITER_CHARS},
        },
        "additionalProperties": False,
        "example": {"decimal_mark": "comma", "date_order": "day_first"},
    }
)
class FormatsField(TextMapField):
    """What overrules the file itself; each may be left out."""

    def to_internal_value(self, data: Any) -> dict[str, str]:
        # The one text in which a tab is not an accident.
        delimiter = data.get("delimiter") if isinstance(data, Mapping) else None
        if isinstance(delimiter, str) and "\t" in delimiter:
            rest = {name: text for name, text in data.items() if name != "delimiter"}
            said = {**super().to_internal_value(rest), "delimiter": delimiter}
            return self.checked(said)
        return super().to_internal_value(data)

    def checked(self, texts: dict[str, str]) -> dict[str, str]:
        for name, value in texts.items():
            if name not in FORMATS:
                raise serializers.ValidationError(f"no such format: {name[:40]}")
            if not FORMATS[name](value):
                raise serializers.ValidationError(f"{name} cannot be {value[:40]!r}")
        return texts


@extend_schema_field(
    {
        "type": "object",
        "additionalProperties": {"type": "string"},
        "example": {"transaction_type": "venta"},
    }
)
class DefaultsField(TextMapField):
    """Field to the text used where the file has none."""

    def checked(self, texts: dict[str, str]) -> dict[str, str]:
        if unknown := sorted({*texts} - {*FIELDS}):
            raise serializers.ValidationError(f"no such field: {unknown[0][:40]}")
        if any(len(text) > LONGEST_DEFAULT_CHARS for text in texts.values()):
            raise serializers.ValidationError(
                f"a default has at most {LONGEST_DEFAULT_CHARS} characters"
            )
        return texts


class MappingSerializer(serializers.Serializer[Any]):
    """A saved mapping."""

    id = serializers.UUIDField(read_only=True)
    name = serializers.CharField(max_length=100)
    columns = ColumnsField()
    formats = FormatsField(default=dict)
    defaults = DefaultsField(default=dict)
    is_default = serializers.BooleanField(
        default=False,
        help_text="Used for uploads that name no mapping. One at most: setting it"
        " takes it from the other.",
    )
    created_at = serializers.DateTimeField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class MappingsPageSerializer(serializers.Serializer[Any]):
    """A page of mappings."""

    next = serializers.URLField(allow_null=True)
    results = MappingSerializer(many=True)


def _is_unprintable(text: str) -> bool:
    # Postgres keeps no NUL and no half of a surrogate pair, and a header has none.
    return any(unicodedata.category(char) in {"Cc", "Cs"} for char in text)


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "decimal_mark": MARKS.__contains__,
    "date_order": ORDERS.__contains__,
    "encoding": is_encoding,
    "delimiter": is_delimiter,
}
