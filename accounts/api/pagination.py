"""Pages of a list: newest first, by cursor, so that deep pages cost no more."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.request import Request

from accounts.errors import InvalidCursorError


class NewestFirst(CursorPagination):
    """Newest first, 50 to a page unless ``page_size`` says otherwise, at most 1,000."""

    page_size = 50
    page_size_query_param = "page_size"
    page_size_query_description = "Results on a page, at most 1,000."
    cursor_query_description = "Where the page starts; taken from `next` of another."
    max_page_size = 1000
    ordering = ("-created_at", "-id")

    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: Any = None,
    ) -> list[Any] | None:
        """Return one page; raises ``InvalidCursorError`` for a cursor not of ours."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except ValidationError as exc:  # The cursor holds something that is no date.
            raise InvalidCursorError from exc

    def decode_cursor(self, request: Request) -> Cursor | None:
        try:
            return super().decode_cursor(request)
        except NotFound as exc:
            raise InvalidCursorError from exc
