"""What pages call things: statuses, phases, fields, refusals, failures.

Codes come from records and are permanent; a code without words here is shown with the
message it was stored with. Tests hold this together with the code that owns the codes.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.errors import ProblemError

Words = Promise | str

STATUSES: Mapping[str, Words] = {
    "pending": pgettext_lazy("upload", "Waiting"),
    "validating": pgettext_lazy("upload", "Being understood"),
    "processing": pgettext_lazy("upload", "Being loaded"),
    "needs_review": pgettext_lazy("upload", "Needs review"),
    "completed": pgettext_lazy("upload", "Completed"),
    "failed": pgettext_lazy("upload", "Failed"),
    "cancelled": pgettext_lazy("upload", "Cancelled"),
    "reverted": pgettext_lazy("upload", "Undone"),
}
TONES: Mapping[str, str] = {
    "pending": "idle",
    "validating": "busy",
    "processing": "busy",
    "needs_review": "warn",
    "completed": "ok",
    "failed": "bad",
    "cancelled": "idle",
    "reverted": "idle",
}
# The filters of the list; an upload is understood in a blink, so nobody looks for that.
STATUS_FILTERS = (
    "pending",
    "processing",
    "completed",
    "needs_review",
    "failed",
    "cancelled",
)
PHASES: Mapping[str, Words] = {
    "waiting": _("Received"),
    "retrying": _("Waiting to try again"),
    "validating": _("Understand the file"),
    "reading": _("Read and check the rows"),
    "merging": _("Load the good rows"),
    "finalising": _("Close the accounts"),
    "finished": _("Finished"),
}
STEP_STATES: Mapping[str, Words] = {
    "done": _("done"),
    "current": _("under way"),
    "stopped": _("stopped here"),
    "ahead": _("still to come"),
}
KINDS: Mapping[str, Words] = {
    "inserted": pgettext_lazy("rows", "New"),
    "updated": pgettext_lazy("rows", "Updated"),
    "unchanged": pgettext_lazy("rows", "Unchanged"),
    "duplicate": pgettext_lazy("rows", "Duplicate"),
    "rejected": pgettext_lazy("rows", "Refused"),
}
PERIODS: Mapping[str, Words] = {
    "daily": _("Day"),
    "weekly": _("Week"),
    "monthly": _("Month"),
    "quarterly": _("Quarter"),
    "yearly": _("Year"),
}
QUALITY: Mapping[str, tuple[Words, int]] = {
    "completeness": (_("Completeness: required cells filled"), 20),
    "accuracy": (_("Accuracy: values of the right type"), 20),
    "consistency": (_("Consistency: totals that agree with prices"), 20),
    "timeliness": (_("Timeliness: dates within range"), 15),
    "uniqueness": (_("Uniqueness: rows that do not repeat"), 15),
    "validity": (_("Validity: rows accepted"), 10),
}
FIELDS: Mapping[str, Words] = {
    "occurred_at": _("Date and time"),
    "transaction_id": _("Transaction"),
    "product_id": _("Product"),
    "quantity": _("Quantity"),
    "price_total": _("Total price"),
    "transaction_type": _("Type of transaction"),
    "customer_id": _("Customer"),
    "description": _("Description"),
    "category": _("Category"),
    "unit_type": _("Unit"),
    "stock": _("Stock"),
    "cost_unit": _("Unit cost"),
    "cost_total": _("Total cost"),
    "price_unit": _("Unit price"),
    "discount_total": _("Discount"),
    "commission_total": _("Commission"),
    "margin": _("Margin"),
}
DELIMITERS: Mapping[str, Words] = {
    ";": _("Semicolon (;)"),
    ",": _("Comma (,)"),
    "\t": _("Tab"),
    "|": _("Bar (|)"),
}
ASSUMED: Mapping[str, Words] = {
    "comma": _("decimal comma"),
    "point": _("decimal point"),
    "day_first": _("day first"),
    "month_first": _("month first"),
    "serial": _("day numbers of a spreadsheet"),
    "ignored": _("ignored"),
    "rounded": _("calculated numbers, rounded to 4 decimals"),
    "sheet": _("the first sheet that has records"),
}


def explain_problem(problem: ProblemError) -> str:
    """Return why something a person asked for was not done."""
    words = PROBLEMS.get(problem.code)
    return str(words) if words else gettext("That was not possible.")


PROBLEMS: Mapping[str, Words] = {
    "upload_not_cancellable": _("It has ended already; there is nothing to cancel."),
    "upload_not_retryable": _(
        "It cannot be tried again: it has not failed, or its file is no longer kept."
    ),
    "upload_not_correctable": _(
        "It cannot be corrected: it did not land, or its file is no longer kept."
    ),
    "upload_not_deletable": _("It is still at work; cancel it first."),
    "review_not_open": _("It does not wait for an answer any more."),
    "review_already_answered": _("Somebody else has answered already."),
    "mapping_name_taken": _("Another mapping has this name: choose another one."),
    "upload_not_found": _("There is no such upload any more."),
}
