"""The forms of the company pages. Errors are shown once, in a summary above each."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models.company import Industry

INDUSTRIES = (
    (Industry.RETAIL, _("Retail")),
    (Industry.FOOD, _("Food")),
    (Industry.MANUFACTURING, _("Manufacturing")),
    (Industry.SERVICES, _("Services")),
    (Industry.TECHNOLOGY, _("Technology")),
    (Industry.CONSTRUCTION, _("Construction")),
    (Industry.AGRICULTURE, _("Agriculture")),
    (Industry.HEALTHCARE, _("Healthcare")),
    (Industry.EDUCATION, _("Education")),
    (Industry.OTHER, _("Other")),
)


class SignInForm(forms.Form):
    """Who somebody says to be."""

    email = forms.EmailField(
        label=_("E-mail"),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class RegisterForm(forms.Form):
    """Somebody new."""

    full_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least 12 characters. A sentence is easier than symbols."),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class CompanyForm(forms.Form):
    """A company to found; the rest of what it may say has good defaults."""

    name = forms.CharField(
        label=_("Name of the company"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    rut = forms.CharField(
        label=_("RUT"),
        max_length=20,
        help_text=_("With its check digit, for example 76.086.428-5."),
    )
    industry = forms.ChoiceField(
        label=_("Industry"), choices=INDUSTRIES, initial=Industry.RETAIL
    )

    def values(self) -> dict[str, Any]:
        """Return what ``accounts.services.companies.found`` takes."""
        return dict(self.cleaned_data)
