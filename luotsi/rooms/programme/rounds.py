"""Rounds of evaluation side by side: for each goal of each part, how it stood on each of the programme's days."""

from dataclasses import dataclass

from luotsi.domain.programmes.definitions import (
    Part,
    Pilot,
    Programme,
    ProgrammeGoal,
    Section,
    Standing,
    Target,
    parts_of,
)


@dataclass(frozen=True)
class GoalRow:
    """A goal with what it is measured by, its pilots, and for each round how it stood (None where nothing was said)."""

    goal: ProgrammeGoal
    level: int
    standings: tuple[Standing | None, ...]
    targets: tuple[Target, ...]
    pilots: tuple[Pilot, ...]


@dataclass(frozen=True)
class EvaluatedPart:
    part: Part
    rows: tuple[GoalRow, ...]
    conclusions: tuple[Section, ...]


def evaluated(plan: Programme) -> list[EvaluatedPart]:
    """Every part whose goals tell how they stood."""
    return [
        EvaluatedPart(part, tuple(rows), tuple(one for one in part.sections if one.kind == "evaluation"))
        for part in parts_of(plan.key)
        if (rows := list(_rows(plan, part)))
    ]


def _rows(plan: Programme, part: Part) -> list[GoalRow]:
    days = [one.day for one in plan.rounds]
    return [
        GoalRow(
            goal=goal,
            level=level,
            standings=tuple(next((one for one in goal.standings if one.day == day), None) for day in days),
            targets=_numbered(plan.targets, part, goal),
            pilots=tuple(pilot for pilot in part.pilots if goal.number and pilot.goal == goal.number),
        )
        for top in part.goals
        for level, goal in top.walk()
    ]


def _numbered(targets: tuple[Target, ...], part: Part, goal: ProgrammeGoal) -> tuple[Target, ...]:
    """The target lines of one goal. A heading has the numbers of its part only, so that "1" is not every part's."""
    return tuple(one for one in targets if one.part == part.key and goal.number and one.goal == goal.number)
