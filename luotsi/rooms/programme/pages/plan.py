"""A programme as its people keep it: targets with live figures, parts with their status, money, risks."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from luotsi.base.now import today
from luotsi.domain.organisation.rules import may
from luotsi.domain.programmes import definitions as plans
from luotsi.domain.programmes import rules
from luotsi.domain.programmes.queries import followed
from luotsi.rooms.page import page
from luotsi.rooms.programme.figures import live_figures
from luotsi.rooms.programme.targets import target_table


@page("programme.read")
def programmes(request: HttpRequest) -> HttpResponse:
    """Every programme on the shelf, our own county's first."""
    known = sorted(plans.programmes().values(), key=lambda plan: (not plan.is_ours, plan.key))
    rows = [(plan, len(plans.parts_of(plan.key)), len(plan.targets)) for plan in known]
    return render(request, "programme/programmes.html", {"programmes": rows})


@page("programme.read")
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """The targets with what the services' own events say today, and the parts."""
    plan = _plan(key)
    figures = live_figures(plan)
    live = followed(plan, day=today(), figures=figures.by_key)
    context = {
        "live": live,
        "figures": figures,
        "table": target_table(plan),
        "may_export": may(request.viewer, "report.export"),
        "parts": plans.parts_of(key),
    }
    return _render(request, plan, "overview", context)


@page("programme.read")
def part(request: HttpRequest, key: str, part_key: str) -> HttpResponse:
    """One part: what it holds, how it stands, which unit has taken its model into use."""
    plan = _plan(key)
    found = next((part for part in plans.parts_of(key) if part.key == part_key), None)
    if found is None:
        raise Http404
    figures = live_figures(plan)
    own = [line for line in followed(plan, day=today(), figures=figures.by_key) if line.target.part == part_key]
    return _render(request, plan, "part", {"part": found, "live": own, "figures": figures})


@page("programme.read")
def money(request: HttpRequest, key: str) -> HttpResponse:
    """The money table as printed, with every figure that disagrees with its parts marked and explained."""
    plan = _plan(key)
    if plan.budget is None:
        raise Http404
    return _render(request, plan, "money", {"comparison": rules.compare(plan.budget)})


@page("programme.read")
def risks(request: HttpRequest, key: str) -> HttpResponse:
    return _render(request, _plan(key), "risks", {})


@page("programme.read")
def communication(request: HttpRequest, key: str) -> HttpResponse:
    return _render(request, _plan(key), "communication", {})


def _plan(key: str) -> plans.Programme:
    try:
        return plans.programme(key)
    except plans.UnknownProgrammeError:
        raise Http404 from None


def _render(request: HttpRequest, plan: plans.Programme, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"programme/{name}.html", {"programme": plan, f"is_{name}": True, **context})
