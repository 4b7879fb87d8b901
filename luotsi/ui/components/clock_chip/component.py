"""A promise with a date: how it stands now, in words, with a drawing and a colour beside them."""

from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base import now
from luotsi.ui import words
from luotsi.ui.component import Props, component

State = Literal["running", "paused", "met", "late", "ended"]
SOON_DAYS = 3  # from here on the chip asks for attention


@component
def clock_chip(
    *,
    state: State,
    due: date | datetime | None,
    stopped: date | datetime | None = None,
    today: date | None = None,
    label: str = "",
    url: str = "",
    verified: bool = True,
) -> Props:
    """`due` is the last day, or the moment of a limit in hours; `stopped` the day it was met. Calendar days."""
    today = today or now.today()
    tone = _tone(state, due, today)
    return {
        **{"words": _words(state, due, stopped, today), "tone": tone, "icon": _ICONS[tone], "state": state},
        **{"due": words.moment(due) if due and state in {"running", "paused"} else "", "label": label},
        **{"url": url, "verified": verified},
    }


_ICONS = {
    **{"calm": "clock", "soon": "clock", "overdue": "alert", "paused": "pause"},
    **{"met": "check", "late": "cross", "ended": "close"},
}


def _tone(state: State, due: date | datetime | None, today: date) -> str:
    if state != "running" or due is None:
        return "calm" if state == "running" else state
    left = _days_left(due, today)
    return "overdue" if left < 0 else "soon" if left <= SOON_DAYS else "calm"


def _words(state: State, due: date | datetime | None, stopped: date | datetime | None, today: date) -> str:
    if state == "met":
        return _("Done in time")
    if state == "late":
        return _days_late(due, stopped)
    if state == "ended":
        return _("No longer running")
    if state == "paused":
        return _("Paused")
    return _running(due, today)


def _running(due: date | datetime | None, today: date) -> str:
    """How many days are left or gone over."""
    if due is None:
        return _("No date yet")
    left = _days_left(due, today)
    if left < 0:
        return ngettext("%(days)d day late", "%(days)d days late", -left) % {"days": -left}
    if left == 0:
        return _("Last day today")
    return ngettext("%(days)d day left", "%(days)d days left", left) % {"days": left}


def _days_late(due: date | datetime | None, stopped: date | datetime | None) -> str:
    if due is None or stopped is None:
        return _("Done late")
    days = -_days_left(due, words.local_date(stopped))
    return ngettext("Done %(days)d day late", "Done %(days)d days late", days) % {"days": days}


def _days_left(due: date | datetime, today: date) -> int:
    return (words.local_date(due) - today).days
