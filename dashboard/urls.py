"""Addresses of the pages."""

from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from dashboard.views import companies, uploads

app_name = "dashboard"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="dashboard:uploads"), name="home"),
    path("uploads/", uploads.uploads, name="uploads"),
    path(
        "companies/<uuid:company_id>/switch/", companies.switch, name="switch-company"
    ),
]
