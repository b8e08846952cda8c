"""Seeing what was understood of a file, answering about it, and what was learnt."""

import uuid
from collections.abc import Mapping
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.authentication import person_of
from accounts.api.permissions import CompanyView
from accounts.roles import Permission
from jobs.by import By
from uploads import selectors
from uploads.api import review_examples as examples
from uploads.api.paging import PlaceSerializer, Shown, page_answer, place_of
from uploads.api.permissions import LearntHeaderView, UploadView
from uploads.api.queries import given
from uploads.api.serializers.reviews import (
    BeingMadeSerializer,
    LearntPageSerializer,
    LearntSerializer,
    PreviewSerializer,
    ReadingSerializer,
    ReviewSerializer,
    ReviewsSerializer,
)
from uploads.api.serializers.uploads import UploadSerializer
from uploads.services.learning import forget_header
from uploads.services.previews import preview_of
from uploads.services.review import Decision, answer_review

# A preview of a usual file takes a fraction of it.
RETRY_AFTER_SECONDS = 1


class PreviewView(UploadView):
    """What a file looks like before it lands."""

    required: ClassVar[Permission] = Permission.VIEW

    @extend_schema(
        tags=["uploads"],
        summary="Preview of an upload",
        description="The first records as text, what was detected with how surely and"
        " why, and what each column was taken for. The query overrules how the file"
        " is cut, to see what that would look like. 202 while it is being made: ask"
        " again after `Retry-After` seconds. No cell is shown longer than 64"
        " characters; `cells_cut` counts those that were.",
        parameters=[ReadingSerializer],
        responses={200: PreviewSerializer, 202: BeingMadeSerializer},
        examples=examples.PREVIEW,
    )
    def get(
        self, request: Request, company_id: uuid.UUID, upload_id: uuid.UUID
    ) -> Response:
        asked = ReadingSerializer(data=given(request))
        asked.is_valid(raise_exception=True)
        reading = asked.reading()
        content = preview_of(company_id, upload_id, reading=reading)
        if content is None:
            return Response(
                {"status": "being_made"},
                status=status.HTTP_202_ACCEPTED,
                headers={"Retry-After": str(RETRY_AFTER_SECONDS)},
            )
        shown = selectors.preview_view(
            company_id, upload_id, content=content, reading=reading
        )
        return Response(PreviewSerializer(shown).data)


class ReviewView(UploadView):
    """Answers about an upload that needs review."""

    required: ClassVar[Mapping[str, Permission]] = {
        "GET": Permission.VIEW,
        "POST": Permission.UPLOAD,
    }

    @extend_schema(
        tags=["uploads"],
        summary="Who answered what about an upload",
        responses={200: ReviewsSerializer},
        examples=examples.REVIEWS,
    )
    def get(
        self,
        request: Request,  # noqa: ARG002 - DRF's hook
        company_id: uuid.UUID,
        upload_id: uuid.UUID,
    ) -> Response:
        reviews = selectors.reviews_of(company_id, upload_id)
        return Response(ReviewsSerializer({"results": reviews}).data)

    @extend_schema(
        tags=["uploads"],
        operation_id="uploads_review_answer",
        summary="Answer about an upload that needs review",
        description="Overrules any part of what was understood, and lets the upload go"
        " on; an empty object accepts it as shown. The same answer again changes"
        " nothing. Of two answers one wins: the other is 409"
        " `review_already_answered`. 422 `review_incomplete` names what every sale"
        " needs and nobody named. 202: it goes on. 200: it ended, as `reject` asks.",
        request=ReviewSerializer,
        responses={200: UploadSerializer, 202: UploadSerializer},
        examples=examples.ANSWER,
    )
    def post(
        self, request: Request, company_id: uuid.UUID, upload_id: uuid.UUID
    ) -> Response:
        sent = ReviewSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        person = person_of(request)
        answer = sent.answer(person.pk)
        answer_review(
            company_id,
            upload_id,
            answer=answer,
            by=By(id=str(person.pk), name=person.email),
        )
        upload = selectors.upload_view(company_id, upload_id)
        return Response(
            UploadSerializer(upload).data,
            status=status.HTTP_200_OK
            if answer.decision is Decision.REJECT
            else status.HTTP_202_ACCEPTED,
        )


class LearntHeadersView(CompanyView):
    """What a company taught us about headers."""

    required: ClassVar[Permission] = Permission.VIEW

    @extend_schema(
        tags=["mappings"],
        operation_id="learnt_headers_list",
        summary="Headers learnt from people's choices",
        description="A header that a person chose a field for is taken for it in the"
        " company's next files. It goes before what the words of the header say, and"
        " never before the exact name of a field.",
        parameters=[PlaceSerializer],
        responses={200: LearntPageSerializer},
        examples=examples.LEARNT,
    )
    def get(self, request: Request, company_id: uuid.UUID) -> Response:
        page = selectors.learnt_page(company_id, **place_of(request))
        results = LearntSerializer(page.headers, many=True).data
        return page_answer(
            request, Shown(results=list(results), next_cursor=page.next_cursor)
        )


class OneLearntHeaderView(LearntHeaderView):
    """One header that was learnt."""

    required: ClassVar[Mapping[str, Permission]] = {"DELETE": Permission.UPLOAD}

    @extend_schema(
        tags=["mappings"],
        summary="Forget what was learnt of a header",
        responses={204: None},
    )
    def delete(
        self,
        request: Request,  # noqa: ARG002 - DRF's hook
        company_id: uuid.UUID,
        learnt_id: uuid.UUID,
    ) -> Response:
        forget_header(company_id, learnt_id)
        return Response(status=status.HTTP_204_NO_CONTENT)
