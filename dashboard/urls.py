"""Addresses of the pages."""

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from dashboard.views import companies, review, signin, upload, uploads

app_name = "dashboard"
ONE = "uploads/<uuid:upload_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="dashboard:uploads"), name="home"),
    path("register/", signin.register, name="register"),
    path("companies/new/", companies.found, name="found-company"),
    path(
        "companies/<uuid:company_id>/switch/", companies.switch, name="switch-company"
    ),
    path("uploads/", uploads.uploads, name="uploads"),
    path(ONE, upload.upload, name="upload"),
    path(f"{ONE}review/", review.review, name="review-upload"),
    path(f"{ONE}row/", uploads.row, name="upload-row"),
    path(f"{ONE}cancel/", upload.cancel, name="cancel-upload"),
    path(f"{ONE}retry/", upload.retry, name="retry-upload"),
    path(f"{ONE}delete/", upload.delete, name="delete-upload"),
]
