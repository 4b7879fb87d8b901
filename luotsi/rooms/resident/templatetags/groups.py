"""Words for groups on residents' pages."""

from django import template
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from luotsi.domain.bookings.definitions import Offering
from luotsi.domain.bookings.queries.groups import GroupView, MeetingView
from luotsi.rooms.resident.groupwords import group_state, why_called_off
from luotsi.ui.words import bare_time, day

register = template.Library()


@register.filter
def group_tag(group: GroupView) -> str:
    return group_state(group)[0]


@register.filter
def group_tone(group: GroupView) -> str:
    return group_state(group)[1]


@register.filter
def group_title(group: GroupView) -> str:
    """The offering's name, with what tells this group from others."""
    name = group.offering.name.in_language(get_language() or "fi")
    return f"{name}: {group.name}" if group.name else name


@register.filter
def group_when(group: GroupView) -> str:
    """From when to when, and how many meetings."""
    held = group.held
    if not held:
        return ""
    count = ngettext("%(count)d meeting", "%(count)d meetings", len(held)) % {"count": len(held)}
    first, last = held[0], held[-1]
    days = meeting_time(first) if len(held) == 1 else f"{day(first.starts_at)}–{day(last.starts_at)}"
    return f"{days}, {count}"


@register.filter
def meeting_time(meeting: MeetingView) -> str:
    return f"{day(meeting.starts_at)} {bare_time(meeting.starts_at)}–{bare_time(meeting.ends_at)}"


@register.filter
def freed_title(offering: Offering) -> str:
    """What has become free."""
    return _("A place in a group has become free") if offering.mode == "group" else _("A time has become free")


@register.filter
def called_off_words(reason: str) -> str:
    return why_called_off(reason)
