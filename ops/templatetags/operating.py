"""How the operators' pages write states, arguments and the time of day."""

import datetime as dt
import hashlib
import json
import zoneinfo
from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobs.selectors import FailureGroup, WaitView
from ops import masking, wording
from ops.timeline import Moment

register = template.Library()


@register.filter
def state_name(state: str) -> str:
    return str(wording.STATES.get(state, state))


@register.filter
def state_tone(state: str) -> str:
    return wording.TONES.get(state, "idle")


@register.filter
def outcome_name(outcome: str) -> str:
    return str(wording.OUTCOMES.get(outcome, outcome))


@register.filter
def outcome_tone(outcome: str) -> str:
    return wording.OUTCOME_TONES.get(outcome, "idle")


@register.filter
def wait_reason(wait: WaitView) -> str:
    return str(wording.WAITS.get(wait.reason, wait.reason))


@register.filter
def of(found: Mapping[Any, Any] | str, key: object) -> Any:
    """Return what a mapping holds for a key, ``None`` if nothing or there is none."""
    return found.get(key) if isinstance(found, Mapping) else None


@register.filter
def group_key(group: FailureGroup) -> str:
    """Return a short name for a kind of failure that stays the same: ids need one."""
    kind = f"{group.actor} {group.fingerprint}"
    return hashlib.sha256(kind.encode()).hexdigest()[:12]


@register.filter
def action_name(kind: str) -> str:
    return str(wording.ACTIONS.get(kind, kind))


@register.filter
def action_tone(kind: str) -> str:
    return wording.ACTION_TONES.get(kind, "idle")


@register.filter
def moment_name(moment: Moment) -> str:
    words = str(wording.MOMENTS.get(moment.kind, moment.kind))
    return words % {"number": moment.number}


@register.filter
def moment_tone(moment: Moment) -> str:
    return wording.MOMENT_TONES.get(moment.kind, "idle")


@register.filter
def masked_json(value: Any) -> str:
    """Write a value as indented JSON, without what looks like a secret."""
    return json.dumps(masking.mask(value), indent=2, ensure_ascii=False, default=str)


@register.filter
def masked(text: str) -> str:
    """Write a text without what looks like a secret."""
    return masking.mask_text(text)


@register.filter
def ending(value: object) -> str:
    """Write the last eight characters of an id: the first are a clock's."""
    return f"…{str(value)[-8:]}"


@register.simple_tag(takes_context=True)
def clock(context: Context, value: dt.datetime) -> SafeString:
    """Write the time of day to the second, in the zone of the page."""
    local = _local(context, value)
    return _time(local, f"{local:%H:%M:%S}")


@register.simple_tag(takes_context=True)
def exactly(context: Context, value: dt.datetime) -> SafeString:
    """Write the day and the time to the second, in the zone of the page."""
    local = _local(context, value)
    return _time(local, f"{date_format(local, 'SHORT_DATE_FORMAT')} {local:%H:%M:%S}")


def _local(context: Context, value: dt.datetime) -> dt.datetime:
    frame: Any = context.get("frame")
    key = getattr(frame, "time_zone", "") or timezone.get_default_timezone_name()
    return timezone.localtime(value, zoneinfo.ZoneInfo(key))


def _time(local: dt.datetime, text: str) -> SafeString:
    return format_html(
        '<time class="num" datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="seconds"),
        local.tzinfo,
        text,
    )
