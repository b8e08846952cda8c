"""The way in and out: the sign-in page, what a locked person reads, the sign-out."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class SignInView(LoginView):
    """E-mail and password by a normal post."""

    template_name = "dashboard/login.html"
    redirect_authenticated_user = True
    authentication_form = AuthenticationForm


def locked_out(
    request: HttpRequest,
    *_positional: object,
    **_named: object,
) -> HttpResponse:
    """Answer whoever gave too many wrong passwords; axes calls this."""
    context = {"form": AuthenticationForm(request), "is_locked": True}
    return render(request, "dashboard/login.html", context, status=429)
