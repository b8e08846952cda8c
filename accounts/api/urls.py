"""Addresses of the REST API."""

from django.urls import URLPattern, URLResolver, path

from accounts.api.views.companies import CompaniesView, OneCompanyView
from accounts.api.views.members import MembersView, OneMemberView
from accounts.api.views.profile import PasswordView, ProfileView
from accounts.api.views.signing import (
    RefreshView,
    RegisterView,
    RevokeView,
    TokenView,
)

COMPANY = "companies/<uuid:company_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("auth/register/", RegisterView.as_view(), name="register"),
    path("auth/token/", TokenView.as_view(), name="token"),
    path("auth/refresh/", RefreshView.as_view(), name="refresh"),
    path("auth/revoke/", RevokeView.as_view(), name="revoke"),
    path("auth/profile/", ProfileView.as_view(), name="profile"),
    path("auth/password/", PasswordView.as_view(), name="password"),
    path("companies/", CompaniesView.as_view(), name="companies"),
    path(COMPANY, OneCompanyView.as_view(), name="company"),
    path(f"{COMPANY}members/", MembersView.as_view(), name="members"),
    path(
        f"{COMPANY}members/<uuid:membership_id>/",
        OneMemberView.as_view(),
        name="member",
    ),
]
