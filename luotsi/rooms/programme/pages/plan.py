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
    rows = [(plan, plans.parts_of(plan.key)) for plan in known]
    context = {"programmes": [(plan, len(parts), len(plan.targets), *_states(parts)) for plan, parts in rows]}
    return render(request, "programme/programmes.html", context)


@page("programme.read")
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """The targets with what the services' own events say today, and the parts."""
    plan = plan_or_404(key)
    figures = live_figures(plan)
    live = followed(plan, day=today(), figures=figures.by_key)
    context = {
        "live": live,
        "figures": figures,
        "table": target_table(plan, live),
        "may_export": may(request.viewer, "report.export"),
        "parts": [(part, *_states((part,))) for part in plans.parts_of(key)],
    }
    return shown(request, plan, "overview", context)


@page("programme.read")
def part(request: HttpRequest, key: str, part_key: str) -> HttpResponse:
    """One part: what it holds, how it stands, which unit has taken its model into use."""
    plan = plan_or_404(key)
    found = next((part for part in plans.parts_of(key) if part.key == part_key), None)
    if found is None:
        raise Http404
    figures = live_figures(plan)
    own = [line for line in followed(plan, day=today(), figures=figures.by_key) if line.target.part == part_key]
    sets = [(group, group.measures) for group in found.measure_sets]
    return shown(request, plan, "part", {"part": found, "live": own, "figures": figures, "sets": sets})


@page("programme.read")
def money(request: HttpRequest, key: str) -> HttpResponse:
    """The money table as printed, with every figure that disagrees with its parts marked and explained."""
    plan = plan_or_404(key)
    if plan.budget is None:
        raise Http404
    return shown(request, plan, "money", {"comparison": rules.compare(plan.budget)})


@page("programme.read")
def risks(request: HttpRequest, key: str) -> HttpResponse:
    return shown(request, plan_or_404(key), "risks", {})


@page("programme.read")
def communication(request: HttpRequest, key: str) -> HttpResponse:
    return shown(request, plan_or_404(key), "communication", {})


def _states(parts: tuple[plans.Part, ...]) -> tuple[int, dict[plans.State | None, int]]:
    """How many measures there are, and how many in each state."""
    measures = [measure for part in parts for measure in part.measures]
    return len(measures), rules.tally(measure.state for measure in measures)


def plan_or_404(key: str) -> plans.Programme:
    try:
        return plans.programme(key)
    except plans.UnknownProgrammeError:
        raise Http404 from None


def shown(request: HttpRequest, plan: plans.Programme, name: str, context: dict[str, Any]) -> HttpResponse:
    """A page of the programme in its frame, with the tab of that name open."""
    parts = plans.parts_of(plan.key)
    frame = {
        "programme": plan,
        "has_plan": bool(plan.goals) or any(part.goals or part.measure_sets for part in parts),
        "has_pilots": any(part.pilots for part in parts),
        "has_people": bool(plan.target_groups or plan.groups or plan.boundaries),
        "has_background": bool(plan.figures or plan.sections),
        f"is_{name}": True,
    }
    return render(request, f"programme/{name}.html", {**frame, **context})
