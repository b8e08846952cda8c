"""A request's body on its way to storage: hashed, counted and never held whole.

A form and a raw body end in the same place. The limit is enforced while the bytes
come, and what did not become an upload is removed.
"""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from rest_framework.parsers import BaseParser, DataAndFiles

from uploads.errors import (
    EmptyUploadError,
    FileMissingError,
    OneFileOnlyError,
    UploadTooLargeError,
)
from uploads.storage import Arrival, StoredFile

FILE_PART = "file"
# What a form adds to its file: boundaries, headers and options.
FORM_OVERHEAD_BYTES = 64 * 1024
# Large enough that the parser's own work does not show, small enough to hold.
CHUNK_BYTES = 256 * 1024


class Receiver(FileUploadHandler):
    """Takes the one file of a request into storage, from a form or a raw body."""

    chunk_size = CHUNK_BYTES

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._is_form = request.content_type == "multipart/form-data"
        self.sent_name = ""
        self._limit_bytes = settings.AYNI_UPLOAD_MAX_BYTES
        self._arrival: Arrival | None = None

    def handle_raw_input(
        self,
        input_data: IO[bytes],  # noqa: ARG002 - Django's hook
        META: Mapping[str, Any],  # noqa: ARG002, N803 - likewise
        content_length: int,
        *_: Any,
    ) -> None:
        """Refuse a form that says itself that its file is too large."""
        self.expect(content_length - FORM_OVERHEAD_BYTES)

    def new_file(self, field_name: str, file_name: str, *rest: Any) -> None:
        if field_name != FILE_PART:
            raise SkipFile
        if self._arrival is not None:
            raise OneFileOnlyError
        super().new_file(field_name, file_name, *rest)
        self.begin(file_name)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's hook
        self.write(raw_data)

    def file_complete(self, file_size: int) -> None:
        """Leave the file out of ``request.FILES``: it is in storage already."""

    def expect(self, size_bytes: int) -> None:
        """Raise ``UploadTooLargeError`` if so many bytes would be too many."""
        if size_bytes > self._limit_bytes:
            raise UploadTooLargeError(limit_bytes=self._limit_bytes)

    def begin(self, sent_name: str) -> None:
        """Start taking a file, called as its sender calls it."""
        self.sent_name = sent_name
        self._arrival = Arrival(limit_bytes=self._limit_bytes)

    def write(self, chunk: bytes) -> None:
        """Take the next bytes. Raises ``UploadTooLargeError`` at the limit."""
        if self._arrival is None:
            raise FileMissingError
        self._arrival.write(chunk)

    def keep(self) -> StoredFile:
        """Return the durable file; raises where none came, or an empty one."""
        if self._arrival is None and self._is_form:
            raise FileMissingError
        # DRF does not even begin to read a body that says it is empty.
        if self._arrival is None or not self._arrival.size_bytes:
            raise EmptyUploadError
        return self._arrival.keep()

    def discard(self) -> None:
        """Remove what came, unless it was kept."""
        if self._arrival is not None:
            self._arrival.discard()


class CsvBodyParser(BaseParser):
    """Takes a body that is the file itself; its options are in the query."""

    media_type = "text/csv"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,  # noqa: ARG002 - DRF's hook
        parser_context: Mapping[str, Any] | None = None,
    ) -> "DataAndFiles[QueryDict, MultiValueDict[str, Any]]":
        context = parser_context or {}
        receiver: Receiver = context["view"].receiver
        receiver.expect(int(context["request"].META.get("CONTENT_LENGTH") or 0))
        receiver.begin(context["request"].query_params.get("name", ""))
        while chunk := stream.read(CHUNK_BYTES):
            receiver.write(chunk)
        return DataAndFiles(QueryDict(), MultiValueDict())


def prepare(request: HttpRequest) -> Receiver:
    """Make Django hand the file of ``request`` to a receiver, and return that.

    Must come before anything reads the request, sign-in by cookie included.
    """
    receiver = Receiver(request)
    request.upload_handlers = [receiver]
    if request.META.get("HTTP_TRANSFER_ENCODING"):
        # Django and DRF take a body without a stated length for no body at all.
        request.META.setdefault("CONTENT_LENGTH", "1")
    return receiver
