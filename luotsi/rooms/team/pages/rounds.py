"""The rounds of a day: laid by a search, changed by a planner, given as times; and one's own round on the phone."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from luotsi.base.now import now, today
from luotsi.domain.bookings.actions import attending, rounding, roundtimes
from luotsi.domain.bookings.actions.homevisits import VisitRefused, check_plans_rounds
from luotsi.domain.bookings.queries import rounds as queries
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import rules as organisation_rules
from luotsi.domain.organisation.rules import NotAllowed, may
from luotsi.rooms.page import page
from luotsi.rooms.team import roundpage
from luotsi.rooms.team.roundwords import NOT_HELD, REFUSED


@page("round.read")
def day(request: HttpRequest) -> HttpResponse:
    """The unit's day: every round with its stops, and what found no place."""
    asked = roundpage.asked(request)
    found = queries.day_of(viewer=request.viewer, unit=asked.unit, day=asked.day, at=now())
    context = {
        **roundpage.around(request, asked),
        "found": found, "key": uuid4(), "lines": [roundpage.round_line(one) for one in found.rounds],
        "left": [roundpage.left_line(one) for one in found.left], "changes": roundpage.change_words(found.changes),
        "plans": may(request.viewer, "round.plan"), "marks_away": may(request.viewer, "absence.mark"),
        "hours_url": f"{reverse('calendar-plans')}?unit={asked.unit}" if may(request.viewer, "calendar.plan") else "",
        "settings": roundpage.settings_words(asked.unit), "given_up": roundpage.given_up(request, asked),
    }  # fmt: skip
    return render(request, "team/rounds.html", context)


@page("round.plan", methods=("POST",))
def planning(request: HttpRequest) -> HttpResponse:
    """Ask for the rounds of the day. The worker lays them; the page shows how far it is."""
    asked = roundpage.asked(request)
    try:
        rounding.plan_day(unit=asked.unit, day=asked.day, key=_key(request), by=request.viewer, at=now())
    except VisitRefused as refusal:
        messages.error(request, REFUSED[refusal.why][1])
    return redirect(asked.address())


@page("round.plan", methods=("POST",))
def times(request: HttpRequest) -> HttpResponse:
    """Give the laid visits as times: all of them, or none."""
    asked = roundpage.asked(request)
    try:
        done = roundtimes.give_times(unit=asked.unit, day=asked.day, by=request.viewer, at=now())
    except roundtimes.NotGiven:
        messages.error(
            request, _("A worker or a resident has another time at that moment. Nothing was given. Plan again.")
        )
    else:
        told = {"given": done.given, "moved": done.moved + done.shifted, "cancelled": done.cancelled}
        said = _("The times are given. New: %(given)d, moved: %(moved)d, given up: %(cancelled)d.")
        messages.success(request, said % told)
    return redirect(asked.address())


@page("absence.mark", methods=("POST",))
def absence(request: HttpRequest) -> HttpResponse:
    """A worker is ill today: they are away, and the day is planned anew."""
    asked = roundpage.asked(request)
    check_plans_rounds(request.viewer, asked.unit)
    try:
        organisation.mark_absence(
            key=_key(request), staff=UUID(request.POST.get("staff", "")), begins_on=asked.day, ends_on=asked.day,
            substitute=None, by=request.viewer, at=now(),
        )  # fmt: skip
        rounding.plan_day(unit=asked.unit, day=asked.day, key=uuid4(), by=request.viewer, at=now())
    except ValueError:
        raise NotAllowed("there is no such worker") from None
    except (organisation_rules.NotPossible, VisitRefused):
        messages.error(request, _("They are marked away already, or the day is over."))
    else:
        messages.success(request, _("They are away that day. The day is being planned anew."))
    return redirect(asked.address())


@page("round.read")
def own(request: HttpRequest) -> HttpResponse:
    """One's own round of a day, in its order, for the phone and for paper."""
    asked = roundpage.Asked("", roundpage.day_of(request.GET.get("day", "")))
    found = queries.own_round(viewer=request.viewer, day=asked.day, at=now())
    context = {
        **roundpage.around(request, asked), "line": roundpage.round_line(found) if found else None,
        "reasons": NOT_HELD, "is_today": asked.day == today(), "marks": may(request.viewer, "visit.record"),
    }  # fmt: skip
    return render(request, "team/own_round.html", context)


@page("visit.record", methods=("POST",))
def attendance(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The visit was made, or nobody was at home; another word corrects."""
    one, _whole = queries.visit(visit_id, viewer=request.viewer, at=now())
    reason = request.POST.get("reason", "")
    if one.booking is None or one.slot is None or reason not in {"", *dict(NOT_HELD)}:
        raise NotAllowed("nothing was given to mark")
    came, missed = ([], {one.booking: reason}) if reason else ([one.booking], {})
    try:
        attending.mark(slot=one.slot, came=came, missed=missed, by=request.viewer, at=now())
    except NotPossible:
        messages.error(request, _("The visit is marked on its day."))
    return redirect(f"{reverse('own-round')}?day={one.day}#visit-{one.id}")


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()
