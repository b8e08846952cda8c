"""The way in and out: signing in, registering, signing out."""

import math

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.errors import (
    EmailTakenError,
    SignInLockedError,
    WeakPasswordError,
    WrongCredentialsError,
)
from accounts.services import people, signing_in
from dashboard.forms import RegisterForm, SignInForm


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form; start a session for whoever proves who they are."""
    target = _target(request)
    if request.user.is_authenticated:
        return redirect(target)
    form = SignInForm(request.POST or None)
    status = 200
    if form.is_valid():
        try:
            user = signing_in.prove(request, **form.cleaned_data)
        except WrongCredentialsError:
            form.add_error(None, gettext("The e-mail or the password is not right."))
        except SignInLockedError as locked:
            form.add_error(None, _locked_text(locked))
            status = 429
        else:
            login(request, user)
            return redirect(target)
    context = {"form": form, "next": request.GET.get("next", "")}
    return render(request, "dashboard/login.html", context, status=status)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Show the form; make somebody new known and sign them in."""
    if request.user.is_authenticated:
        return redirect("dashboard:uploads")
    form = RegisterForm(request.POST or None)
    if form.is_valid():
        try:
            user = people.register(people.NewPerson(**form.cleaned_data))
        except WeakPasswordError as weak:
            reasons = weak.facts["reasons"]
            form.add_error("password", [str(r) for r in reasons])  # type: ignore[attr-defined]
        except EmailTakenError:
            form.add_error("email", gettext("This e-mail is registered: sign in."))
        else:
            login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
            return redirect("dashboard:found-company")
    return render(request, "dashboard/register.html", {"form": form})


def _target(request: HttpRequest) -> str:
    """Return where to go after signing in; never to another host."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else resolve_url(settings.LOGIN_REDIRECT_URL)


def _locked_text(locked: SignInLockedError) -> str:
    seconds = int(str(locked.facts.get("retry_after_seconds", 0)))
    minutes = max(1, math.ceil(seconds / 60))
    return ngettext(
        "Too many wrong passwords. Try again in %(minutes)s minute.",
        "Too many wrong passwords. Try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
