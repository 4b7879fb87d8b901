"""What is said of granted days: how many are left, where a wish stands, and why it was not given. In words that fit
whoever reads them, the person themselves or somebody who acts for them.
"""

from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.queries.days import GrantView, TakenDay, WishView
from luotsi.domain.bookings.rules.days import Why
from luotsi.rooms.resident.timewords import weekday_choices
from luotsi.ui.words import day as day_words


def refusal_field(why: Why) -> str:
    return {"backwards": "last", "other_offering": "offering", "no_day": "weekdays"}.get(why, "first")


def refusal_words(why: Why) -> str:
    """What is wrong and what to do instead."""
    return {
        "backwards": _("The last day is before the first one."),
        "past": _("The days begin today or have passed. Choose later ones, or call the unit."),
        "too_far": _("Days so far ahead are not open yet. Choose earlier ones."),
        "outside": _("The decision does not hold on all of these days. Choose days within it."),
        "no_day": _("None of the chosen weekdays is between these days."),
        "no_days_left": _("There are not so many granted days left. Choose fewer days."),
        "same_days": _("Some of these days are given already. Choose other ones."),
        "ended": _("The decision has ended."),
        "other_offering": _("The decision does not grant this. Choose something else."),
        "too_late": _("The days are so near that they cannot be given up here. Call the unit."),
        "least": _("The number of days cannot be right. Check it."),
        "too_long": _("The decision cannot hold for so long. Check the days."),
    }[why]


def why_not_words(why: dict[str, Any]) -> list[str]:
    """Why a wish was not given: what was full, who came before, and by which step of the rule."""
    said = {
        "not_open": _("There are no places on these days."),
        "no_days_left": _("After the other wishes that were given, there were not enough granted days left."),
        "same_days": _("On some of these days the person is somewhere else already."),
    }.get(why.get("why", ""))
    if said:
        return [said]
    day = date.fromisoformat(why["day"]) if why.get("day") else None
    told = {"day": day_words(day) if day else "", "places": why.get("places", 0), "wished": why.get("wished", 0)}
    places = ngettext(
        "On %(day)s there is %(places)d place, and it is given.",
        "On %(day)s there are %(places)d places, and all of them are given.",
        told["places"],
    )
    families = ngettext(
        "%(wished)d family wished for that day.", "%(wished)d families wished for that day.", told["wished"]
    )
    return [places % told, families % told, _decided(str(why.get("by", "")))]


def _decided(step: str) -> str:
    return {
        "share_had": _("Those who got a place had had a smaller part of their granted days."),
        "left_without": _("Those who got a place had been left without their wish more often."),
        "ends_first": _("The decisions of those who got a place end sooner."),
        "waited": _("Those who got a place had sent their wish earlier."),
        "lot": _("The families stood equal by the rule, so a lot was drawn."),
    }.get(step, _("The places had been given before this wish came."))


def left_words(grant: GrantView) -> str:
    """How many days are left, of what they are counted."""
    many = {"left": grant.left, "days": grant.granted.days}
    if grant.granted.per == "week":
        return ngettext("%(left)d day left this week", "%(left)d days left this week", grant.left) % many
    return ngettext("%(left)d day left", "%(left)d days left", grant.left) % many


def granted_words(grant: GrantView) -> str:
    many = {"days": grant.granted.days}
    said = {
        "whole": ngettext("%(days)d day in all", "%(days)d days in all", grant.granted.days),
        "week": ngettext("%(days)d day a week", "%(days)d days a week", grant.granted.days),
        "month": ngettext("%(days)d day for each month", "%(days)d days for each month", grant.granted.days),
    }
    return said[grant.granted.per] % many


def wish_line(wish: WishView) -> dict[str, Any]:
    """A wish as its page shows it."""
    known = offerings().get(wish.offering)
    names = dict(weekday_choices())
    ahead = wish.ahead
    return {
        "wish": wish,
        "what": known.name.in_language(get_language() or "fi") if known else wish.offering,
        "preparation": known.preparation if known else None,
        "weekdays": ", ".join(names[str(number)] for number in wish.weekdays),
        "state": state_words(wish),
        "tone": {"given": "success", "not_given": "warning"}.get(wish.answer, "neutral"),
        "why": why_not_words(wish.why) if wish.answer == "not_given" else [],
        "place": next((one.place for one in wish.days), ""),
        "journeys": journey_words(wish.transport),
        "days": [(one.day, day_state(one)) for one in wish.days],
        "can_end": wish.answer in {"", "not_given"} or bool(ahead),
    }


def state_words(wish: WishView) -> str:
    return {
        "": _("Waits until places are shared out"),
        "given": pgettext("days", "Given"),
        "not_given": _("No place yet"),
        "withdrawn": _("Withdrawn"),
    }[wish.answer]


def day_state(one: TakenDay) -> str:
    if one.has_come:
        return _("Came")
    if one.state == "missed":
        return _("Did not come; the day was taken") if one.counts else _("Did not come; the day came back")
    return ""


def journey_words(transport: str) -> str:
    return {"both": _("Both ways"), "there": _("Only there"), "back": _("Only back home")}.get(transport, "")
