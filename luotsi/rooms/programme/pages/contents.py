"""What a plan holds beside its targets: measures by state, rounds side by side, pilots, whom it concerns, why it is."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from luotsi.domain.programmes import definitions as plans
from luotsi.domain.programmes import rules
from luotsi.rooms.page import page
from luotsi.rooms.programme.pages.plan import plan_or_404, shown
from luotsi.rooms.programme.rounds import evaluated

BEFORE = (
    "background",
    "need",
    "coordination",
    "stakeholders",
    "wellbeing",
    "administration",
    "resources",
    "remarks",
    "disagreements",
)


@page("programme.read")
def measures(request: HttpRequest, key: str) -> HttpResponse:
    """The programme's goals, and every measure with its months and state; `?state=late` leaves only those."""
    plan = plan_or_404(key)
    wanted = request.GET.get("state", "")
    parts = plans.parts_of(key)
    every = [measure for part in parts for measure in part.measures]
    context = {
        "states": rules.tally(measure.state for measure in every),
        "wanted": wanted if wanted in plans.STATES else "",
        "is_all": wanted not in plans.STATES,
        "total": len(every),
        "parts": [(part, _sets(part, wanted)) for part in parts if part.goals or _sets(part, wanted)],
    }
    return shown(request, plan, "measures", context)


@page("programme.read")
def evaluation(request: HttpRequest, key: str) -> HttpResponse:
    """How each goal of a part stood on each round, side by side, with its yes/no lines and what was concluded."""
    plan = plan_or_404(key)
    if not plan.rounds:
        raise Http404
    told = [section for section in plan.sections if section.kind == "evaluation"]
    parts = evaluated(plan)
    wanted = next((one for one in parts if one.part.key == request.GET.get("part")), parts[0])
    return shown(request, plan, "evaluation", {"parts": parts, "shown": wanted, "methods": told})


@page("programme.read")
def pilots(request: HttpRequest, key: str) -> HttpResponse:
    """Every trial with what was decided of it and why."""
    plan = plan_or_404(key)
    found = [(part, part.pilots) for part in plans.parts_of(key) if part.pilots]
    if not found:
        raise Http404
    return shown(request, plan, "pilots", {"parts": found})


@page("programme.read")
def people(request: HttpRequest, key: str) -> HttpResponse:
    """Whom the programme is for, who steers it, and where other projects begin."""
    plan = plan_or_404(key)
    return shown(request, plan, "people", {})


@page("programme.read")
def background(request: HttpRequest, key: str) -> HttpResponse:
    """Why the work is done: the need with its figures, and the plan's chapters in prose."""
    plan = plan_or_404(key)
    context = {
        "tables": [(table, rules.check_claims(table), rules.sums(table)) for table in plan.figures],
        "sections": [section for section in plan.sections if section.kind in BEFORE],
    }
    return shown(request, plan, "background", context)


def _sets(part: plans.Part, wanted: str) -> list[tuple[plans.MeasureSet, list[plans.Measure]]]:
    """The part's measures by their heading; only those in the wanted state, where it is one."""
    is_all = wanted not in plans.STATES
    found: list[tuple[Any, list[plans.Measure]]] = [
        (group, [measure for measure in group.measures if is_all or measure.state == wanted])
        for group in part.measure_sets
    ]
    return [(group, own) for group, own in found if own or (is_all and group.note)]
