"""What the pages of a group show, and the marks that a form sends of those who have a place at a meeting."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.queries import rosters
from luotsi.domain.bookings.queries.groups import GroupView, MeetingView
from luotsi.domain.bookings.queries.rosters import Comer, Roster
from luotsi.domain.organisation.rules import may
from luotsi.rooms.team import groupwords
from luotsi.rooms.team.visitwords import no_show_reasons

CAME = "came"
NOBODY = Roster((), 0)


def meeting_lines(group: GroupView, *, at: datetime, marks: bool, plans: bool) -> list[dict[str, Any]]:
    """Each meeting with its numbers; `marks`: whether the viewer marks who came, `plans`: calls one off."""
    return [
        {
            "meeting": one,
            "when": groupwords.when(one),
            "state": "" if one.is_held else pgettext("meeting", "Not held"),
            "came": one.came + (one.heads or 0) if one.came or one.heads is not None else None,
            "heads": one.heads,
            "can_call_off": plans and group.state in {"ahead", "runs"} and one in group.ahead(at),
            "can_mark": marks and group.state != "called_off" and one.is_marked_from(local_day(at)),
        }
        for one in group.meetings
    ]


def roster_of(group: GroupView, *, viewer: Who) -> Roster:
    """Who has a place, for those whose work it is to mark who came; nobody for others."""
    return rosters.roster(group.id, viewer=viewer) if may(viewer, "visit.record") else NOBODY


def person_lines(comers: Iterable[Comer], meetings: Iterable[MeetingView]) -> list[dict[str, Any]]:
    """Those who have a place, each with what was marked at each meeting, and a place at one ahead to give up."""
    held = [one for one in meetings if one.is_held]
    return [
        {
            "name": one.name,
            "marks": [groupwords.mark_words(one.at(meeting.id)) for meeting in held],
            "came": sum(mark.has_come for mark in one.marks.values()),
            "booking": next((mark.booking for mark in one.marks.values()), None),
        }
        for one in comers
    ]


def mark_lines(roster: Roster, meeting: UUID) -> list[dict[str, Any]]:
    """The choices for each: came, or why not; what was marked is chosen."""
    choices = [(CAME, _("Came")), *no_show_reasons()]
    found = []
    for one in roster.comers:
        mark = one.marks[meeting]
        chosen = CAME if mark.has_come else mark.reason
        found.append({"name": one.name, "field": f"mark-{mark.booking}", "choices": choices, "chosen": chosen})
    return found


def marks_in(sent: QueryDict) -> tuple[list[UUID], dict[UUID, str]]:
    """Who came and who did not, as the form says; what it says wrongly is left out."""
    came, missed = [], {}
    known = dict(no_show_reasons())
    for name, what in sent.items():
        try:
            booking = UUID(name.removeprefix("mark-")) if name.startswith("mark-") else None
        except ValueError:
            booking = None
        if booking and what == CAME:
            came.append(booking)
        elif booking and what in known:
            missed[booking] = str(what)
    return came, missed
