"""Pages as the API gives them: results, and the address of the next page."""

import dataclasses
from typing import Any, TypedDict

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from uploads.api.queries import given
from uploads.paging import DEFAULT_PAGE, LARGEST_PAGE


class Place(TypedDict):
    """Which page is asked for, as the selectors take it."""

    cursor: str
    size: int


class PlaceSerializer(serializers.Serializer[Any]):
    """Which page is asked for."""

    cursor = serializers.CharField(
        default="",
        allow_blank=True,
        help_text="From `next` of the page before; absent for the first page.",
    )
    page_size = serializers.IntegerField(
        default=DEFAULT_PAGE,
        min_value=1,
        help_text=f"Results on a page, at most {LARGEST_PAGE}.",
    )


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Results already in the API's words, and where the next ones begin."""

    results: list[Any]
    next_cursor: str | None


def place_of(request: Request) -> Place:
    """Return the page a request asks for; raises DRF's ``ValidationError``."""
    asked = PlaceSerializer(data=given(request))
    asked.is_valid(raise_exception=True)
    place = asked.validated_data
    return Place(cursor=place["cursor"], size=place["page_size"])


def page_answer(request: Request, shown: Shown) -> Response:
    """Return the page, with the address of the next one if there is one."""
    address = None
    if shown.next_cursor is not None:
        here = request.build_absolute_uri()
        address = replace_query_param(here, "cursor", shown.next_cursor)
    return Response({"next": address, "results": shown.results})
