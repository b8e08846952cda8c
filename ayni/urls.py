"""Every address of the web process."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView

from accounts.api.views.docs import DocsView
from accounts.api.views.nowhere import NowhereView
from dashboard.views.signin import sign_in

urlpatterns = [
    path("api/v1/", include("accounts.api.urls")),
    path("api/v1/", include("uploads.api.urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/v1/docs/", DocsView.as_view(), name="docs"),
    re_path("^api/", NowhereView.as_view()),
    path("admin/", admin.site.urls),
    path("login/", sign_in, name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("ops/", include("ops.urls")),
    path("", include("dashboard.urls")),
]
