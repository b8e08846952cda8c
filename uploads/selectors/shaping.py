"""How a row of a table becomes the frozen value that people may see."""

import dataclasses
from typing import Any, TypeVar

from django.db import models

View = TypeVar("View")


def shape(row: models.Model, view: type[View], **extra: Any) -> View:
    """Return ``view`` filled from the attributes of ``row`` and from ``extra``."""
    names = (field.name for field in dataclasses.fields(view))  # type: ignore[arg-type]
    values = {name: getattr(row, name) for name in names if name not in extra}
    return view(**values, **extra)
