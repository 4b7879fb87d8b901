"""What is said of groups to those who lead and plan them."""

from typing import Any

from django.utils.translation import get_language, gettext_noop, pgettext
from django.utils.translation import gettext as _

from luotsi.domain.bookings.queries.groups import GroupView, MeetingView
from luotsi.domain.bookings.queries.rosters import Mark
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.team.visitwords import no_show_reasons
from luotsi.ui.words import bare_time, day

_CALLED_OFF = {
    "too_few": gettext_noop("Called off: too few signed up"),
    "leader_away": gettext_noop("Called off: the leader could not come"),
    "other": gettext_noop("Called off"),
}


def title(group: GroupView) -> str:
    name = group.offering.name.in_language(get_language() or "fi")
    return f"{name}: {group.name}" if group.name else name


def state(group: GroupView) -> tuple[str, str]:
    """Where the group stands, and its tone."""
    if group.state == "called_off":
        return _(_CALLED_OFF.get(group.cancel_reason, _CALLED_OFF["other"])), "neutral"
    if group.state == "over":
        return pgettext("group", "Over"), "neutral"
    if group.state == "runs":
        return pgettext("group", "Under way"), "info"
    if group.offering.drop_in:
        return _("No sign-up"), "neutral"
    if group.is_decided or group.signed_up >= group.fewest:
        return (pgettext("group", "Full"), "success") if group.is_full else (_("Enough have signed up"), "success")
    return _("Too few so far"), "warning"


def when(meeting: MeetingView) -> str:
    return f"{day(meeting.starts_at)} {bare_time(meeting.starts_at)}–{bare_time(meeting.ends_at)}"


def line(group: GroupView) -> dict[str, Any]:
    """One group on the list of its unit."""
    words, tone = state(group)
    planned = group.held or group.meetings
    names = organisation.unit_names()
    return {
        "group": group,
        "title": title(group),
        "unit": names[group.unit].in_language(get_language() or "fi"),
        "when": f"{day(planned[0].starts_at)}–{day(planned[-1].starts_at)}" if planned else "",
        "meetings": len(planned),
        "signed": "" if group.offering.drop_in else f"{group.signed_up} / {group.places}",
        "state": words,
        "tone": tone,
    }


def mark_words(mark: Mark | None) -> str:
    """What was marked of a place at a meeting; "" for nothing yet."""
    if mark is None:
        return _("no place")
    if mark.has_come:
        return _("came")
    return dict(no_show_reasons()).get(mark.reason, mark.reason)
