"""A resident's home visits: asked for, moved or pinned by a planner, given up."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luotsi.base.dates import start_of
from luotsi.base.now import now, today
from luotsi.domain.bookings.actions import homevisits, rounding
from luotsi.domain.bookings.actions.homevisits import VisitRefused
from luotsi.domain.bookings.definitions.homerounds import home_rounds
from luotsi.domain.bookings.queries import rounds as queries
from luotsi.domain.bookings.rules.rounds import NotMovable
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.rooms.page import page
from luotsi.rooms.team import personpage, roundpage
from luotsi.rooms.team.calendarpage import members
from luotsi.rooms.team.roundforms import MoveForm, VisitForm
from luotsi.rooms.team.roundwords import NO_MOVE, REFUSED, what_words


@page("round.plan", methods=("GET", "HEAD", "POST"))
def of_person(request: HttpRequest, resident_id: UUID) -> HttpResponse:
    """The resident's visits ahead, and a form that asks for more."""
    person = personpage.opened_to_change(request, resident_id)
    unit = roundpage.asked(request).unit
    if not unit:
        raise NotAllowed("no rounds are theirs to plan")
    form = VisitForm(home_rounds()[unit], members(unit), request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            made = homevisits.ask_visits(
                resident=person.id, unit=unit, wanted=form.wanted(), key=form.cleaned_data["key"], by=request.viewer,
                at=now(),
            )  # fmt: skip
        except VisitRefused as refusal:
            form.refuse(refusal)
        else:
            said = ngettext("%(n)d visit is asked for.", "%(n)d visits are asked for.", len(made)) % {"n": len(made)}
            messages.success(request, " ".join((said, _("Plan the day to see who comes and when."))))
            return redirect("home-visits", person.id)
    return _show_person(request, person, form, unit)


@page("round.plan", methods=("GET", "HEAD", "POST"))
def visit(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """One visit: put it with another worker or at another time, where it stays."""
    one, whole = queries.visit(visit_id, viewer=request.viewer, at=now())
    form = MoveForm(
        roundpage.worker_choices(whole), request.POST if request.method == "POST" else None,
        initial={"staff": one.staff, "starts": roundpage.begins(one)},
    )  # fmt: skip
    asked = roundpage.Asked(whole.unit, one.day)
    if request.method == "POST" and form.is_valid() and _is_moved(request, one, form):
        messages.success(request, _("The visit is moved and pinned: it stays there when the day is planned anew."))
        return redirect(asked.address())
    context = {"line": roundpage.left_line(one), "form": form, "back_url": asked.address(), "visit": one}
    return render(request, "team/home_visit.html", context, status=422 if form.errors else 200)


@page("round.plan", methods=("POST",))
def pin(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The visit stays where it is when the day is planned anew; or may move again."""
    one, whole = queries.visit(visit_id, viewer=request.viewer, at=now())
    try:
        rounding.pin_visit(visit=visit_id, is_pinned=request.POST.get("pinned") == "yes", by=request.viewer, at=now())
    except NotMovable as refusal:
        messages.error(request, NO_MOVE[refusal.why])
    return redirect(f"{roundpage.Asked(whole.unit, one.day).address()}#visit-{visit_id}")


@page("round.plan", methods=("POST",))
def cancellation(request: HttpRequest, visit_id: UUID) -> HttpResponse:
    """The visit is not needed after all."""
    one, whole = queries.visit(visit_id, viewer=request.viewer, at=now())
    try:
        homevisits.cancel_visit(visit=visit_id, by=request.viewer, at=now())
    except VisitRefused as refusal:
        messages.error(request, REFUSED[refusal.why][1])
    else:
        messages.success(request, _("The visit is cancelled. The resident is told if they had its time."))
    return redirect(roundpage.Asked(whole.unit, one.day).address())


def _is_moved(request: HttpRequest, one: queries.VisitView, form: MoveForm) -> bool:
    """Whether it went there; otherwise the form says why not."""
    starts_at = start_of(one.day, form.cleaned_data["starts"])
    staff = UUID(form.cleaned_data["staff"])
    try:
        rounding.move_visit(visit=one.id, staff=staff, starts_at=starts_at, by=request.viewer, at=now())  # type: ignore[attr-defined]
    except NotMovable as refusal:
        is_about_who = refusal.why in {"not_at_work", "not_qualified"}
        form.add_error("staff" if is_about_who else "starts", NO_MOVE[refusal.why])
    except VisitRefused as refusal:
        form.add_error("starts" if refusal.why == "past" else None, REFUSED[refusal.why][1])
    else:
        return True
    return False


def _show_person(request: HttpRequest, person: Any, form: VisitForm, unit: str) -> HttpResponse:
    rows = queries.visits_of(person.id, viewer=request.viewer, after=today())
    lines = [{"visit": row, "what": what_words(row.offering, row.reason)} for row in rows]
    context = {**personpage.about(request, person), "form": form, "lines": lines, "unit": unit}
    return render(request, "team/home_visits.html", context, status=422 if form.errors else 200)
