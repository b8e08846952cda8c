"""Reads of saved mappings."""

import uuid

from uploads.access import mapping_of
from uploads.models import ColumnMapping
from uploads.paging import DEFAULT_PAGE, Order, slice_of
from uploads.selectors.shaping import shape
from uploads.selectors.views import MappingsPage, MappingView

NEWEST_FIRST = Order(columns=("created_at", "id"), is_descending=True)


def mapping_view(company_id: uuid.UUID, mapping_id: uuid.UUID) -> MappingView:
    """Return the company's mapping, or raise ``MappingNotFoundError``."""
    return shape(mapping_of(company_id, mapping_id), MappingView)


def mappings_page(
    company_id: uuid.UUID, *, cursor: str = "", size: int = DEFAULT_PAGE
) -> MappingsPage:
    """Return mappings of the company, newest first."""
    mappings = ColumnMapping.objects.of(company_id)
    page = slice_of(mappings, NEWEST_FIRST, cursor=cursor, size=size)
    return MappingsPage(
        mappings=tuple(shape(mapping, MappingView) for mapping in page.rows),
        next_cursor=page.next_cursor,
    )
