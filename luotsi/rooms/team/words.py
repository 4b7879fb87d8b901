"""What states, steps and channels are called where the team works."""

import math
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language, gettext_noop, ngettext, pgettext
from django.utils.translation import gettext as _

from luotsi.domain.bookings.rules import BookingState
from luotsi.domain.cases.definitions.contacts import channels
from luotsi.domain.cases.rules import CaseState, Step
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people.access import Reason

# Looked up in the reader's language one by one: a list says some of them on every row.
_STATES: dict[CaseState, str] = {
    "new": gettext_noop("New"),
    "urgent": gettext_noop("Urgent, today"),
    "under_way": gettext_noop("Under way"),
    "assessed": gettext_noop("Waits for a time"),
    "arranged": gettext_noop("Arranged another way"),
    "offered": gettext_noop("Time offered"),
    "booked": gettext_noop("Booked"),
    "visited": gettext_noop("Visit held"),
    "closed": gettext_noop("Matter closed"),
}
_STEPS: dict[Step, str] = {
    "assess": gettext_noop("Assess the need"),
    "offer_time": gettext_noop("Offer a time"),
    "record_visit": gettext_noop("Record the visit"),
    "withdraw_time": gettext_noop("Withdraw the time"),
    "close": gettext_noop("Close the matter"),
}
_NEWS = {
    "message": gettext_noop("New message"),
    "danger": gettext_noop("New message: danger sign"),
    "answers": gettext_noop("Danger sign in a questionnaire"),
}
_CHANNELS = {
    "form": gettext_noop("Form"),
    "phone": gettext_noop("Phone call"),
    "visit": gettext_noop("At the desk"),
    "chat": gettext_noop("Chat"),
    "message": gettext_noop("Message"),
}


def view_names() -> list[str]:
    """The tabs of the list, in the order of choices.VIEWS."""
    return [_("All"), _("New contacts"), _("Waits for a time"), _("Time offered"), _("Booked"), _("Visit held")]


def state_words(state: CaseState) -> str:
    return _(_STATES[state])


def state_tone(state: CaseState) -> str:
    """The tone only helps the eye; the words say the same."""
    return {"new": "info", "urgent": "danger", "assessed": "warning", "booked": "success"}.get(state, "neutral")


def step_words(step: Step) -> str:
    return _(_STEPS[step])


def news_words(news: str) -> str:
    """That the resident wrote more, or answered, in a matter that is open (queries.Listed.news)."""
    return _(_NEWS[news]) if news in _NEWS else ""


def channel_words(channel: str) -> str:
    """How the person got in touch; a channel that has no words here is shown as it is called."""
    return _(_CHANNELS[channel]) if channel in _CHANNELS else _on_the_shelf(channel)


def _on_the_shelf(channel: str) -> str:
    ways = channels()
    return ways[channel].name.in_language(get_language() or "fi") if channel in ways else channel


def language_words(language: str) -> str:
    return {"fi": _("Finnish"), "sv": _("Swedish"), "en": _("English")}.get(language, language)


def mode_words(mode: str) -> str:
    """How a time is met."""
    known = {"visit": _("Visit in person"), "phone": _("Phone appointment"), "remote": _("Remote appointment")}
    return known.get(mode, mode)


def booking_words(state: BookingState, *, by: str) -> str:
    """What became of a time; `by` is who cancelled it: "resident", "provider", "move" to another time, or "lapse"."""
    return _(_CANCELLED.get(by, _CANCELLED["provider"])) if state == "cancelled" else _(_BOOKINGS[state])


_CANCELLED = {
    "resident": gettext_noop("Cancelled by the resident"),
    "provider": gettext_noop("Withdrawn by us"),
    "move": gettext_noop("Moved to another time"),
    "lapse": gettext_noop("Not confirmed in time"),
}
_BOOKINGS: dict[BookingState, str] = {
    "kept": gettext_noop("Kept for the resident for a moment"),
    "offered": gettext_noop("Offered"),
    "made": gettext_noop("Booked"),
    "declined": gettext_noop("Another time asked for"),
    "held": gettext_noop("Visit held"),
    "missed": gettext_noop("Did not come"),
}


def booking_tone(state: BookingState) -> str:
    return {"offered": "warning", "made": "success", "held": "success"}.get(state, "neutral")


def profession_words(profession: str) -> str:
    """The profession as the shelf's roles call it."""
    names = {role.profession: role.name for role in organisation.roles().values() if role.profession}
    return names[profession].in_language(get_language()) if profession in names else profession


def age_words(age: int | None) -> str:
    if age is None:
        return _("Age not known")
    return ngettext("%(age)d year", "%(age)d years", age) % {"age": age}


def ground_words(ground: str, *, is_of_team: bool = True) -> str:
    """Why a record is open, as the worker who reads it would say it. A matter of another unit is on that unit's list:
    what opens it is another one, in the same register.
    """
    known = {
        "team": _("a matter on your team's list") if is_of_team else _("another matter of theirs on your team's list"),
        "booking": _("a time with you"),
        "plan": _("a plan in which you take part"),
        "assignment": _("a task given to you"),
        "emergency": _("emergency access that you opened"),
        "consent": _("the resident's consent"),
    }
    return known.get(ground, ground)


def register_words(register: str) -> str:
    """A register as one speaks of it."""
    known = {
        "health": _("Health care"),
        "social": _("Social care"),
        "child_welfare": _("Child welfare"),
        "none": _("Other matters"),
    }
    return known.get(register, register)


def source_words(source: str) -> str:
    """Whence a mandate is known."""
    known = {
        "population_register": _("Population register"),
        "document": pgettext("source", "A document that was shown"),
        "visit": pgettext("source", "Said at a visit"),
        "phone": pgettext("source", "Said on the phone"),
    }
    return known.get(source, source)


def how_words(how: str) -> str:
    """How a consent was given."""
    known = {
        "self": _("In the online service"),
        "phone": pgettext("consent", "On the phone"),
        "visit": pgettext("consent", "At a visit"),
        "paper": pgettext("consent", "On paper"),
    }
    return known.get(how, how)


def answer_words(answer: str) -> str:
    return {"yes": _("Yes"), "no": _("No")}.get(answer, _("Nothing said"))


def emergency(reason: Reason | None, resident: UUID, at: datetime) -> dict[str, Any]:
    """Which register emergency access opens, until when, and for how long still; nothing on another ground."""
    if reason is None or reason.ground != "emergency" or reason.until is None:
        return {}
    left = time_left(reason.until, at)
    return {"resident": resident, "register": register_words(reason.register), "until": reason.until, "left": left}


def time_left(until: datetime, at: datetime) -> str:
    """Hours and minutes that are left, rounded up to a whole minute."""
    minutes = max(0, math.ceil((until - at).total_seconds() / 60))
    return _("%(hours)d h %(minutes)d min") % {"hours": minutes // 60, "minutes": minutes % 60}
