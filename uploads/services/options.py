"""What a client may ask for with an upload, and which mapping that comes to."""

import dataclasses
import hashlib
import json
import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from uploads.access import mapping_of
from uploads.answers import Answers, Reading
from uploads.models import ColumnMapping
from uploads.states import BadRows, LoadMode


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UploadOptions:
    """How the file is to be read and landed.

    ``mapping`` (source header to field) goes before ``mapping_id``; with neither, the
    company's default mapping is used. ``force`` takes content that was sent before.
    ``quality_threshold`` is 0 to 100; ``None`` means the company's. ``sheet`` is the
    name of a workbook's sheet or its number from 1; ``None`` is the first one seen.
    ``corrects`` is the upload whose refused rows come back, repaired; all that says how
    they are read and landed is then as it was there.
    """

    load_mode: LoadMode = LoadMode.UPSERT
    bad_rows: BadRows = BadRows.CONTINUE
    bad_rows_limit: int | None = None
    bad_rows_percent: Decimal | None = None
    quality_threshold: int | None = None
    keep_extra: bool = False
    review_requested: bool = False
    mapping_id: uuid.UUID | None = None
    mapping: Mapping[str, str] | None = None
    force: bool = False
    sheet: str | None = None
    corrects: uuid.UUID | None = None

    def columns(self) -> dict[str, Any]:
        """Return the columns of the upload that repeat an option as it is."""
        values = dataclasses.asdict(self)
        for name in ("mapping_id", "mapping", "force", "sheet", "corrects"):
            del values[name]
        return {**values, "forced": self.force, "answers": self._answers()}

    def fingerprint(self, sha256: str) -> str:
        """Return a digest of all that decides what these options do to a content."""
        options = dataclasses.asdict(self)
        # As before there were these options: keys that clients hold stay good.
        for name in ("sheet", "corrects"):
            if options[name] is None:
                del options[name]
        asked = json.dumps(options, default=str, sort_keys=True)
        return hashlib.sha256(f"{sha256} {asked}".encode()).hexdigest()

    def _answers(self) -> dict[str, Any]:
        """Return what is said about the file ahead, as if it had been asked."""
        if self.sheet is None:
            return {}
        return Answers(reading=Reading(sheet=self.sheet)).kept()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChosenMapping:
    """The mapping of an upload: the saved one, if any, and the columns it means."""

    saved: ColumnMapping | None
    columns: Mapping[str, str]


def choose_mapping(
    company_id: uuid.UUID,
    *,
    mapping_id: uuid.UUID | None,
    inline: Mapping[str, str] | None,
) -> ChosenMapping:
    """Return the mapping that was asked for, or else the company's default.

    Columns given inline replace those of a saved mapping and keep its formats and
    defaults. Raises ``MappingNotFoundError``.
    """
    if mapping_id is not None:
        saved = mapping_of(company_id, mapping_id)
    elif inline is not None:
        saved = None
    else:
        saved = ColumnMapping.objects.of(company_id).filter(is_default=True).first()
    if inline is None:
        inline = {} if saved is None else saved.columns
    return ChosenMapping(saved=saved, columns=inline)
