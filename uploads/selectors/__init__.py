"""Reads for pages, sockets and the API: frozen values, never a model."""

from uploads.selectors.filters import TransactionFilter, UploadFilter
from uploads.selectors.learnt import learnt_page, reviews_of
from uploads.selectors.mappings import mapping_view, mappings_page
from uploads.selectors.previews import preview_view
from uploads.selectors.rejects import open_rejects, rejects_page
from uploads.selectors.transactions import (
    EXPORTED,
    transaction_rows,
    transactions_page,
)
from uploads.selectors.updates import updates_of
from uploads.selectors.uploads import (
    progress_of,
    upload_view,
    uploads_page,
)
from uploads.selectors.views import (
    MappingsPage,
    MappingView,
    RejectsPage,
    RejectView,
    TransactionsPage,
    TransactionView,
    UpdateView,
    UploadsPage,
    UploadView,
)

__all__ = [
    "EXPORTED",
    "MappingView",
    "MappingsPage",
    "RejectView",
    "RejectsPage",
    "TransactionFilter",
    "TransactionView",
    "TransactionsPage",
    "UpdateView",
    "UploadFilter",
    "UploadView",
    "UploadsPage",
    "learnt_page",
    "mapping_view",
    "mappings_page",
    "open_rejects",
    "preview_view",
    "progress_of",
    "rejects_page",
    "reviews_of",
    "transaction_rows",
    "transactions_page",
    "updates_of",
    "upload_view",
    "uploads_page",
]
