"""Which company a person works in: found one, or choose one of theirs."""

import uuid

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import InvalidRutError, RutTakenError
from accounts.services import companies
from dashboard.forms import CompanyForm
from dashboard.frame import frame_of
from dashboard.reaching import person_of


@login_required
@require_http_methods(["GET", "POST"])
def found(request: HttpRequest) -> HttpResponse:
    """Show the form; found a company that the person owns and works in from now on."""
    form = CompanyForm(request.POST or None)
    if form.is_valid():
        try:
            company = companies.found(person_of(request), form.values())
        except InvalidRutError:
            form.add_error(
                "rut", gettext("This is not a RUT: check its digits and its last one.")
            )
        except RutTakenError:
            form.add_error(
                "rut",
                gettext("A company with this RUT exists. Ask its owner to let you in."),
            )
        else:
            frame_of(request, company_id=company.pk)
            return redirect("dashboard:uploads")
    return render(request, "dashboard/company.html", {"form": form})


@login_required
@require_POST
def switch(request: HttpRequest, company_id: uuid.UUID) -> HttpResponse:
    """Make a company the one in use; one that is not theirs changes nothing."""
    frame_of(request, company_id=company_id)
    return redirect("dashboard:uploads")
