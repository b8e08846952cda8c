"""What the page of a review calls things, and what it says is still missing."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dashboard.wording import FIELDS

Words = Promise | str

SURENESS: Mapping[str, Words] = {
    "sure": pgettext_lazy("match", "Sure"),
    "likely": _("Likely"),
    "guess": _("A guess"),
    "none": _("Not recognised"),
    "told": _("You chose it"),
}
TONES: Mapping[str, str] = {
    "sure": "ok",
    "likely": "warn",
    "guess": "warn",
    "none": "idle",
    "told": "busy",
}
REASONS: Mapping[str, Words] = {
    "name": _("the header is the field's own name"),
    "synonym": _("the words of the header say so"),
    "words and values": _("the words suggest it and the values agree"),
    "values": _("the values look like it"),
    "values contradict": _("the values do not look like what the header says"),
    "part of the name": _("a part of the header suggests it"),
    "learnt": _("as it was chosen before in your company"),
    "mapping": _("as your saved mapping says"),
    "review": _("as it was answered before"),
    "time of day": _("a column of times that joins the dates"),
    "the only name of the product": _("nothing else tells the products apart"),
    "the only one of its kind": _("nothing else in the file can be it"),
    "no field": _("nothing in the file says what it is"),
    "told": "",
}
ENCODINGS: Mapping[str, Words] = {
    "utf-8": "UTF-8",
    "cp1252": "Windows (cp1252)",
    "cp850": "DOS (cp850)",
    "mac_roman": "Mac (mac_roman)",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}
QUOTES: Mapping[str, Words] = {
    '"': _('Double (")'),
    "'": _("Single (')"),
    "none": _("None"),
    "": _("None"),
}
MARKS: Mapping[str, Words] = {
    "comma": _("Decimal comma: 1.234,56"),
    "point": _("Decimal point: 1,234.56"),
}
ORDERS: Mapping[str, Words] = {
    "day_first": _("Day first: 31-12-2026"),
    "month_first": _("Month first: 12-31-2026"),
    "serial": _("Day numbers of a spreadsheet"),
}


def sentences_of(questions: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return what is still open, a sentence a kind of thing; nothing if nothing is."""
    by_code: dict[str, list[str]] = {}
    for question in questions:
        name = str(FIELDS.get(question["field"], question["field"]))
        by_code.setdefault(question["code"], []).append(name)
    return tuple(_sentence(code, names) for code, names in by_code.items())


def _sentence(code: str, names: Sequence[str]) -> str:
    said = {"fields": _listed(names)}
    if code == "column_conflict":
        return gettext("Chosen for more than one column: %(fields)s.") % said
    if code.startswith("mixed_"):
        words = gettext(
            "Written in two ways in one column: %(fields)s. Say which one holds."
        )
        return words % said
    words = ngettext(
        "Still missing: %(fields)s. Say which column it is.",
        "Still missing: %(fields)s. Say which columns they are.",
        len(names),
    )
    return words % said


def uncertain_of(fields: Sequence[str]) -> str:
    """Return that nothing is missing, and which of it is only a suggestion."""
    words = ngettext(
        "Nothing is missing, but one column is not certain: %(fields)s. "
        "See that it is right before you load the file.",
        "Nothing is missing, but some columns are not certain: %(fields)s. "
        "See that they are right before you load the file.",
        len(fields),
    )
    return words % {"fields": _listed([str(FIELDS[field]) for field in fields])}


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    both = {"before": ", ".join(names[:-1]), "last": names[-1]}
    return gettext("%(before)s and %(last)s") % both
