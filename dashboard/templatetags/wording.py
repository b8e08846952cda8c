"""Filters that turn permanent codes into words of the page's language."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext

from dashboard import review_words, wording
from dashboard.explaining import (
    FAILURES,
    REFUSALS,
    REMARKS,
    UNKNOWN_FAILURE,
    Explanation,
)

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
def remark(code: str) -> Explanation:
    return REMARKS.get(code) or Explanation(what=code, advice="")


@register.filter
def lines_named(lines: Sequence[int]) -> str:
    """Write the numbers of lines one after the other, as the page writes numbers."""
    return " · ".join(number_format(line, force_grouping=True) for line in lines)


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
def sureness_name(code: str) -> str:
    return _words(review_words.SURENESS, code)


@register.filter
def sureness_tone(code: str) -> str:
    return review_words.TONES.get(code, "idle")


@register.filter
def match_reason(code: str) -> str:
    return _words(review_words.REASONS, code)


@register.filter
def mark_name(code: str) -> str:
    return _words(review_words.MARKS, code)


@register.filter
def order_name(code: str) -> str:
    return _words(review_words.ORDERS, code)


@register.filter
def uncertain(fields: Sequence[str]) -> str:
    return review_words.uncertain_of(fields)


@register.filter
def sentences(questions: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    return review_words.sentences_of(questions)


@register.filter
def meaning(value: Decimal | dt.datetime) -> str:
    """Write what a value of a file means: a number, or a day with its time if any."""
    if isinstance(value, Decimal):
        return number_format(value, use_l10n=True, force_grouping=True)
    is_day = value.time() == dt.time()
    return date_format(value, "j F Y" if is_day else "j F Y H:i")


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
