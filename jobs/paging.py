"""One page of rows whose ids grow with time, newest first."""

import uuid
from typing import TypeVar

from django.db.models import Model, QuerySet

# More on one page is slower to read than to turn over.
LARGEST_PAGE = 1_000

Row = TypeVar("Row", bound=Model)


def newest_first(
    rows: QuerySet[Row], *, cursor: str, size: int
) -> tuple[list[Row], str | None]:
    """Return a page of ``rows`` and the cursor of the next one, if there is one.

    ``size`` is held between 1 and ``LARGEST_PAGE``. A cursor that is not one of ours
    starts from the beginning.
    """
    size = max(1, min(size, LARGEST_PAGE))
    if (before := _id_in(cursor)) is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    page = found[:size]
    return page, page[-1].pk.hex if len(found) > size else None


def _id_in(cursor: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(cursor)
    except ValueError:
        return None
