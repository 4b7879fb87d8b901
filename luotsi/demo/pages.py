"""The guide of the demonstration: who one can be, one press each, and the walks."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from luotsi.base.dates import age_on
from luotsi.base.now import local_day, now, today
from luotsi.demo import cast, prepare, story, teams, walk
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms import session as sessions
from luotsi.rooms.home import home_of, ours
from luotsi.rooms.page import page


@page("session.choose")
def guide(request: HttpRequest) -> HttpResponse:
    """The cast and the walks. `next` is where one wanted to go before signing in."""
    standing = _standing()
    context = {
        "residents": [_resident(member) for member in cast.RESIDENTS],
        "workers": [_worker(member) for member in cast.WORKERS],
        "walks": [(one, [{"step": step, "url": step.url()} for step in one.steps]) for one in walk.WALKS],
        "standing": standing,
        "told": _told(standing) if standing else None,
        "is_stale": standing is not None and standing.is_stale(now()),
        "next": ours(request, request.GET.get("next", "")),
    }
    return render(request, "demo/guide.html", context)


@page("session.choose", methods=("POST",))
def session(request: HttpRequest) -> HttpResponse:
    """Become a member of the cast, and go where the step leads or to the member's own room."""
    member = cast.MEMBERS.get(request.POST.get("member", ""))
    if member is None:
        return HttpResponseBadRequest(
            _("Nobody in the demonstration is called that. Go back and choose from the list.")
        )
    who = member.as_who()
    sessions.sign_in(request, kind=who.kind, id=member.id, way="cast")
    return redirect(ours(request, request.POST.get("next", "")) or home_of(who))


def _told(standing: prepare.Standing) -> dict[str, Any]:
    """What the story says here: since when the team model is used where, and how long the oral queues are."""
    names, made = organisation.unit_names(), local_day(standing.made)
    queues = {unit.unit.removeprefix("suun-"): unit.all_waiting for unit in story.UNITS if unit.all_waiting}
    months = {unit: ago for unit, ago in story.MODEL.items() if ago < story.MONTHS}
    return {
        "since": [(names[unit], teams.since(made, ago)) for unit, ago in months.items()],
        "queues": {town: round(waiting * standing.residents / story.RESIDENTS) for town, waiting in queues.items()},
        "sources": queues,
        "whole": story.RESIDENTS,
    }


def _standing() -> prepare.Standing | None:
    """The demonstration, or None where there is none or where other people's data stand."""
    try:
        return prepare.standing()
    except prepare.Refused:
        return None


def _resident(member: cast.Resident) -> dict[str, Any]:
    town = organisation.municipality_names()[member.municipality]
    return {"member": member, "age": age_on(member.born, today()), "town": town, "does": member.does}


def _worker(member: cast.Worker) -> dict[str, Any]:
    role, unit = organisation.roles()[member.role].name, organisation.unit_names()[member.unit]
    return {"member": member, "role": role, "unit": unit, "does": member.does}
