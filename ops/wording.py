"""What pages call the states of jobs, their moments, and what is done to them.

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
    "retry_action": _("Queued again"),
    "cancel_action": _("Cancel requested"),
    "discard_action": _("Discarded"),
}
MOMENT_TONES: Mapping[str, str] = {
    "started": "busy",
    "attempt_succeeded": "ok",
    "attempt_retried": "warn",
    "attempt_failed": "bad",
    "cancel_requested": "warn",
    "cancel_action": "warn",
    "discard_action": "warn",
    "succeeded": "ok",
    "failed": "bad",
}
WAITS: Mapping[str, Words] = {
    "not_due": _("Its time has not come"),
    "other_jobs": _("Other jobs have to end first"),
    "queue_paused": _("Its queue is paused"),
    "no_worker": _("No worker takes from its queue"),
    "queue_limit": _("As many of its queue run as may"),
    "tenant_limit": _("As many of its tenant run as may"),
    "turn": _("Those before it go first"),
}
ACTIONS: Mapping[str, Words] = {
    "retry": pgettext_lazy("action", "Retried"),
    "cancel": pgettext_lazy("action", "Cancelled"),
    "discard": pgettext_lazy("action", "Discarded"),
    "pause": pgettext_lazy("action", "Paused"),
    "resume": pgettext_lazy("action", "Resumed"),
}
ACTION_TONES: Mapping[str, str] = {
    "retry": "ok",
    "cancel": "warn",
    "discard": "warn",
    "pause": "warn",
    "resume": "ok",
}
