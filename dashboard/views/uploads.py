"""The list of a company's uploads."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def uploads(request: HttpRequest) -> HttpResponse:
    return render(request, "dashboard/uploads.html")
