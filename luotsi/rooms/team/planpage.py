"""What the forms of plans ask for, as the actions take it; and what a form says of each booked time."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest
from django.utils.translation import ngettext

from luotsi.base.now import today
from luotsi.domain.bookings.actions.changing import Done
from luotsi.domain.bookings.actions.planning import Asked
from luotsi.domain.bookings.definitions import offered_in, offerings
from luotsi.domain.bookings.queries import calendar
from luotsi.domain.bookings.queries.calendar import PlanView
from luotsi.domain.bookings.queries.things import Thing, things
from luotsi.domain.bookings.rules.plans import Draft, sessions
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.queries import Member
from luotsi.rooms.team import calendarpage
from luotsi.rooms.team.calendarforms import NewPlanForm, PlanChangeForm


def things_of(request: HttpRequest, unit: str) -> list[Thing]:
    return things(viewer=request.viewer, unit=unit, on=today()) if unit else []  # type: ignore[attr-defined]


def plan_form(request: HttpRequest, unit: str) -> NewPlanForm:
    sent = request.POST if request.method == "POST" else None
    return NewPlanForm(calendarpage.members(unit), offered_in(unit), things_of(request, unit), sent)


def change_form(request: HttpRequest, plan: PlanView) -> PlanChangeForm:
    sent = request.POST if request.POST.get("what") == "change" else None
    return PlanChangeForm(
        plan, calendarpage.members(plan.unit), offered_in(plan.unit), things_of(request, plan.unit), sent
    )


def wanted(unit: str, told: dict[str, Any], members: Iterable[Member], *, plan: PlanView | None = None) -> Asked:
    """For whom or what, and for what, the form plans. A room or thing that is chosen itself has times of its own."""
    who = UUID(told["staff"]) if plan is None else plan.staff or plan.resource
    role = next((one.role for one in members if one.id == who), "")
    is_worker = bool(role) if plan is None else plan.staff is not None
    known = offerings().get(told["offering"])
    profession = organisation.roles()[role].profession if role else plan.profession if plan else ""
    return Asked(
        unit=unit,
        staff=who if is_worker else None,
        resource=None if is_worker else who,
        profession=profession,
        offerings=(known.key,) if known else (),
        mode=known.mode if known else "visit",
        capacity=known.places if known else 1,
        overbook=known.overbook if known else 0,
        resources=tuple(UUID(one) for one in told.get("things", ())),
    )


def all_wanted(unit: str, form: NewPlanForm, members: Collection[Member]) -> list[Asked]:
    """The same plan for each of the workers whom the form names, or for the one room or thing."""
    return [wanted(unit, {**form.cleaned_data, "staff": one}, members) for one in form.workers]


def key_of(request: HttpRequest) -> UUID:
    """The key of this sending, so that it counts once."""
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return uuid4()


def asked_of(
    request: HttpRequest, plan: PlanView, first: date, draft: Draft | None, *, at: datetime
) -> list[dict[str, Any]]:  # fmt: skip
    """The booked times of which the manager must say something, with what they said so far."""
    rest = calendar.rest_of(plan.id, plan.unit, first)
    stays: Collection[UUID] = calendar.stays_in(rest, sessions(draft), at=at) if draft else ()
    chosen = calendarpage.decisions(request.POST)
    found = calendar.booked(rest, viewer=request.viewer, at=at, stays=stays)  # type: ignore[attr-defined]
    return [calendarpage.booked_line(one, chosen) for one in found]


def withdrawn_words(done: Done) -> str:
    """How many times that the queue had offered were taken back; "" for none."""
    said = ngettext(
        "%(count)d time that waited for an answer was taken back: who waits is told, and stays in the queue.",
        "%(count)d times that waited for an answer were taken back: who waits is told, and stays in the queue.",
        done.withdrawn,
    )
    return said % {"count": done.withdrawn} if done.withdrawn else ""


def told(done: Done) -> dict[str, int]:
    return {"moved": len(done.moved), "cancelled": len(done.cancelled), "kept": done.kept, "closed": done.closed}
