"""How pages write moments, numbers, sizes and lengths of time."""

import datetime as dt
import zoneinfo
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

register = template.Library()

ABSENT = "\N{EN DASH}"
KIBI = 1024
# Below ten of a unit a decimal still says something.
TEN = 10
MINUTE_SECONDS = 60
HOUR_SECONDS = 3600


@register.simple_tag(takes_context=True)
def moment(context: Context, value: dt.datetime | None) -> SafeString | str:
    """Write a moment in the company's zone: short, with the exact one as title."""
    if value is None:
        return ABSENT
    zone = _zone(context)
    local = timezone.localtime(value, zone)
    return format_html(
        '<time class="moment" datetime="{}" title="{} ({})">{}</time>',
        local.isoformat(timespec="seconds"),
        f"{date_format(local, 'SHORT_DATE_FORMAT')} {local:%H:%M:%S}",
        zone.key,
        _short(local, today=timezone.localdate(timezone=zone)),
    )


@register.filter
def number(value: float | Decimal | None, places: int | None = None) -> str:
    """Write a number with the language's marks; ``places`` fixes its decimals."""
    if value is None:
        return ABSENT
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


@register.filter(name="bytes")
def size(value: int | None) -> str:
    """Write a number of bytes in the largest unit that leaves a whole part."""
    if value is None:
        return ABSENT
    amount, units = float(value), ["B", "KB", "MB", "GB", "TB"]
    while amount >= KIBI and len(units) > 1:
        amount /= KIBI
        units.pop(0)
    # 7.4 MB but 12 MB, and never 2.0 GB.
    places = 1 if amount < TEN and round(amount, 1) % 1 else 0
    return f"{number(amount, places)}\N{NO-BREAK SPACE}{units[0]}"


@register.filter
def percent(share: float | Decimal | None) -> str:
    """Write a share of 0 to 1 as a whole percentage."""
    if share is None:
        return ABSENT
    return f"{number(100 * float(share), 0)}\N{NO-BREAK SPACE}%"


@register.filter
def duration(seconds: float | None) -> str:
    """Write a length of time in one or two units."""
    if seconds is None:
        return ABSENT
    whole = round(seconds)
    if seconds < TEN and seconds != whole:
        return gettext("%(seconds)s s") % {"seconds": number(seconds, 1)}
    if whole < MINUTE_SECONDS:
        return gettext("%(seconds)s s") % {"seconds": whole}
    if whole < HOUR_SECONDS:
        minutes, rest = divmod(whole, MINUTE_SECONDS)
        return gettext("%(minutes)s min %(seconds)s s") % {
            "minutes": minutes,
            "seconds": rest,
        }
    return _long(whole)


def _long(whole: int) -> str:
    hours, rest = divmod(whole, HOUR_SECONDS)
    days, hours = divmod(hours, 24)
    if days:
        return ngettext(
            "%(days)s day %(hours)s h", "%(days)s days %(hours)s h", days
        ) % {
            "days": number(days),
            "hours": hours,
        }
    return gettext("%(hours)s h %(minutes)s min") % {
        "hours": hours,
        "minutes": rest // MINUTE_SECONDS,
    }


def _short(local: dt.datetime, *, today: dt.date) -> str:
    clock = date_format(local, "TIME_FORMAT")
    if local.date() == today:
        return gettext("today %(clock)s") % {"clock": clock}
    if local.date() == today - dt.timedelta(days=1):
        return gettext("yesterday %(clock)s") % {"clock": clock}
    return date_format(local, "SHORT_DATETIME_FORMAT")


def _zone(context: Context) -> zoneinfo.ZoneInfo:
    frame: Any = context.get("frame")
    key = getattr(frame, "time_zone", "") or timezone.get_default_timezone_name()
    return zoneinfo.ZoneInfo(key)
