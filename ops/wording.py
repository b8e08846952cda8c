"""What pages call the states of jobs, their attempts and the moments of their history.

Codes come from ``jobs.states`` and are permanent; tests hold the two together.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = Promise | str

STATES: Mapping[str, Words] = {
    "scheduled": pgettext_lazy("job", "Scheduled"),
    "queued": pgettext_lazy("job", "Waiting"),
    "running": pgettext_lazy("job", "Running"),
    "succeeded": pgettext_lazy("job", "Succeeded"),
    "failed": pgettext_lazy("job", "Failed"),
    "cancelled": pgettext_lazy("job", "Cancelled"),
}
TONES: Mapping[str, str] = {
    "scheduled": "idle",
    "queued": "idle",
    "running": "busy",
    "succeeded": "ok",
    "failed": "bad",
    "cancelled": "idle",
}
OUTCOMES: Mapping[str, Words] = {
    "": _("Under way"),
    "succeeded": pgettext_lazy("attempt", "Succeeded"),
    "retried": _("Failed, to be tried again"),
    "failed": pgettext_lazy("attempt", "Failed"),
    "cancelled": pgettext_lazy("attempt", "Cancelled"),
    "handed_back": _("Handed back"),
}
OUTCOME_TONES: Mapping[str, str] = {
    "": "busy",
    "succeeded": "ok",
    "retried": "warn",
    "failed": "bad",
    "cancelled": "idle",
    "handed_back": "idle",
}
MOMENTS: Mapping[str, Words] = {
    "created": pgettext_lazy("job", "Created"),
    "due": _("May start"),
    "started": _("Attempt %(number)s started"),
    "attempt_succeeded": _("Attempt %(number)s succeeded"),
    "attempt_retried": _("Attempt %(number)s failed; another one follows"),
    "attempt_failed": _("Attempt %(number)s failed"),
    "attempt_cancelled": _("Attempt %(number)s was stopped"),
    "attempt_handed_back": _("Attempt %(number)s was handed back by its worker"),
    "cancel_requested": _("Cancel requested"),
    "succeeded": pgettext_lazy("job", "Succeeded"),
    "failed": pgettext_lazy("job", "Failed"),
    "cancelled": pgettext_lazy("job", "Cancelled"),
}
MOMENT_TONES: Mapping[str, str] = {
    "started": "busy",
    "attempt_succeeded": "ok",
    "attempt_retried": "warn",
    "attempt_failed": "bad",
    "cancel_requested": "warn",
    "succeeded": "ok",
    "failed": "bad",
}
