"""Filters that turn permanent codes into words of the page's language."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext

from dashboard import wording
from dashboard.explaining import FAILURES, REFUSALS, UNKNOWN_FAILURE, Explanation

register = template.Library()


def _words(catalogue: Mapping[str, Any], code: str) -> str:
    return str(catalogue.get(code, code))


@register.filter
def status_name(code: str) -> str:
    return _words(wording.STATUSES, code)


@register.filter
def status_tone(code: str) -> str:
    return wording.TONES.get(code, "idle")


@register.filter
def phase_name(code: str) -> str:
    return _words(wording.PHASES, code)


@register.filter
def step_state_name(code: str) -> str:
    return _words(wording.STEP_STATES, code)


@register.filter
def kind_name(code: str) -> str:
    return _words(wording.KINDS, code)


@register.filter
def field_name(code: str) -> str:
    return _words(wording.FIELDS, code)


@register.filter
def delimiter_name(character: str) -> str:
    return _words(wording.DELIMITERS, character)


@register.filter
def assumed_name(code: str) -> str:
    return str(wording.ASSUMED.get(code) or field_name(code))


@register.filter
def period_kind(code: str) -> str:
    return _words(wording.PERIODS, code)


@register.filter
def refusal(code: str) -> Explanation:
    return REFUSALS.get(code) or Explanation(what=code, advice="")


@register.filter
def failure(code: str) -> Explanation:
    return FAILURES.get(code, UNKNOWN_FAILURE)


@register.filter
def quality_name(code: str) -> str:
    return str(wording.QUALITY[code][0]) if code in wording.QUALITY else code


@register.filter
def quality_worth(code: str) -> int:
    return wording.QUALITY[code][1] if code in wording.QUALITY else 100


@register.filter
def period_name(starts_on: dt.date, period: str) -> str:
    """Name the period that begins on a day."""
    match period:
        case "weekly":
            year, week, _day = starts_on.isocalendar()
            return gettext("week %(week)s of %(year)s") % {"week": week, "year": year}
        case "monthly":
            return date_format(starts_on, "F Y")
        case "quarterly":
            quarter = (starts_on.month - 1) // 3 + 1
            words = gettext("quarter %(quarter)s of %(year)s")
            return words % {"quarter": quarter, "year": starts_on.year}
        case "yearly":
            return str(starts_on.year)
        case _:
            return date_format(starts_on, "SHORT_DATE_FORMAT")
