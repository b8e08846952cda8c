"""Every address of the web process."""

from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView

urlpatterns = [
    path("api/v1/", include("accounts.api.urls")),
    path("api/v1/", include("uploads.api.urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/docs/", SpectacularSwaggerView.as_view(), name="docs"),
    path("admin/", admin.site.urls),
    path("ops/", include("ops.urls")),
    path("", include("dashboard.urls")),
]
