"""Addresses of the REST API."""

from django.urls import URLPattern, URLResolver, path

from uploads.api.views.findings import RejectsFileView, RejectsView, UpdatesView
from uploads.api.views.mappings import MappingsView, OneMappingView
from uploads.api.views.reviews import (
    LearntHeadersView,
    OneLearntHeaderView,
    PreviewView,
    ReviewView,
)
from uploads.api.views.transactions import TransactionsFileView, TransactionsView
from uploads.api.views.uploads import OneUploadView, UploadsView
from uploads.api.views.work import CancelView, ProgressView, RetryView

COMPANY = "companies/<uuid:company_id>/"
UPLOAD = f"{COMPANY}uploads/<uuid:upload_id>/"
MAPPING = f"{COMPANY}mappings/<uuid:mapping_id>/"
LEARNT = f"{COMPANY}learnt-headers/"
SALES = f"{COMPANY}transactions"
urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{COMPANY}uploads/", UploadsView.as_view(), name="uploads"),
    path(UPLOAD, OneUploadView.as_view(), name="upload"),
    path(f"{UPLOAD}progress/", ProgressView.as_view(), name="upload-progress"),
    path(f"{UPLOAD}cancel/", CancelView.as_view(), name="upload-cancel"),
    path(f"{UPLOAD}retry/", RetryView.as_view(), name="upload-retry"),
    path(f"{UPLOAD}preview/", PreviewView.as_view(), name="upload-preview"),
    path(f"{UPLOAD}review/", ReviewView.as_view(), name="upload-review"),
    path(f"{UPLOAD}rejects/", RejectsView.as_view(), name="upload-rejects"),
    path(f"{UPLOAD}rejects.csv", RejectsFileView.as_view(), name="upload-rejects-csv"),
    path(f"{UPLOAD}updates/", UpdatesView.as_view(), name="upload-updates"),
    path(f"{COMPANY}mappings/", MappingsView.as_view(), name="mappings"),
    path(MAPPING, OneMappingView.as_view(), name="mapping"),
    path(LEARNT, LearntHeadersView.as_view(), name="learnt-headers"),
    path(
        f"{LEARNT}<uuid:learnt_id>/",
        OneLearntHeaderView.as_view(),
        name="learnt-header",
    ),
    path(f"{SALES}/", TransactionsView.as_view(), name="transactions"),
    path(f"{SALES}.csv", TransactionsFileView.as_view(), name="transactions-csv"),
]
