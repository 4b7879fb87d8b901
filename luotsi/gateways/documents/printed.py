"""A month's figures and texts as the documents print them: words, not numbers, in the report's language.

Everything here is called inside `translation.override(report.language)`, since `luotsi.ui.words` follows it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from luotsi.base.text import Text
from luotsi.domain.programmes.definitions import (
    STATES,
    Budget,
    Column,
    Goal,
    Measure,
    Part,
    Point,
    ProgrammeGoal,
    RiskState,
    Target,
)
from luotsi.domain.programmes.definitions.lines import Lines
from luotsi.domain.programmes.definitions.money import Unit
from luotsi.domain.programmes.queries import Followed, LiveFigure, MonthlyReport
from luotsi.domain.programmes.rules import Cell, Comparison, Disagreement
from luotsi.gateways.documents.headings import Say
from luotsi.ui import words
from luotsi.ui.words import NOTHING, euro, number

MARKS = {"agrees": "", "rounding": "\u00a0~", "disagrees": "\u00a0*", "not_printed": ""}


def month(report: MonthlyReport) -> str:
    """3/2026, as the source slides write months."""
    return f"{report.month.month}/{report.month.year}"


def day(value: date | datetime | None) -> str:
    """31.3.2026 or 31 March 2026, without the weekday that a page shows."""
    said = words.day(value)
    return said if said == NOTHING else said.partition(" ")[2]


def measured(value: Decimal | float | None, unit: str, say: Say) -> str:
    """A value with its unit: 81,5 % · 34 pv · 1 022. A "share" is 0–1, a "percent" 0–100."""
    if value is None:
        return NOTHING
    if unit in ("share", "percent"):
        exact = Decimal(str(value)) * (100 if unit == "share" else 1)
        return number(exact) + ("%" if say.language == "en" else "\u00a0%")
    return say("days", number(value)).replace(" ", "\u00a0") if unit == "days" else number(value)


def goal_words(target: Target, goal: Goal | None, say: Say) -> str:
    """A goal as the target table prints it: 80 %, yli 10 %, 150 pv, or its words."""
    if goal is None:
        return NOTHING
    if goal.value is None:
        return goal.words
    value = measured(goal.value, target.unit, say)
    return say("over", value) if goal.over else value


def aim_of(line: Followed, say: Say) -> str:
    """What the figure is held against, with its direction: "vähintään 80 %"; or that there is no number."""
    if line.aim is None:
        return say("no_goal")
    aim = goal_words(line.target, line.aim, say)
    return aim if line.aim.over else f"{direction(line.target, say)} {aim}"


def direction(target: Target, say: Say) -> str:
    return say("reached_by" if target.direction == "reached" else target.direction)


def verdict_words(line: Followed, say: Say) -> str:
    """Whether the goal is reached, in words; empty where there is nothing to compare."""
    if line.is_reached is None:
        return ""
    return say("reached" if line.is_reached else "not_reached")


def cases(figure: LiveFigure) -> str:
    if figure.numerator is None or figure.denominator is None:
        return NOTHING
    return f"{number(figure.numerator)} / {number(figure.denominator)}"


def series_words(line: Followed, say: Say) -> str:
    """What a chart shows, in one sentence, for those who do not see it; "" when there is no series."""
    figure = line.figure
    known = [(label, value) for label, value in figure.series if value is not None] if figure else []
    if figure is None or not known:
        return ""
    values = [value for _, value in known]
    said = say(
        "chart_says",
        name=line.target.name.in_language(say.language),
        first=known[0][0],
        last=known[-1][0],
        low=measured(min(values), figure.unit, say),
        high=measured(max(values), figure.unit, say),
        latest=measured(values[-1], figure.unit, say),
    )
    return f"{said} {say('dashed', aim_of(line, say))}" if line.aim else said


def money_figure(value: Decimal | None, unit: Unit) -> str:
    """A figure of the money table without its unit: whole euros, person-years in hundredths."""
    return "" if value is None else number(value, 2 if unit == "person_years" else 0)


def money_cell(cell: Cell, unit: Unit) -> str:
    """The printed figure with the mark of its verdict (~ rounding, * disagrees); blank where nothing is printed."""
    return money_figure(cell.stated, unit) + MARKS[cell.verdict]


def disagreement_words(found: Disagreement, compared: Comparison, say: Say) -> str:
    """One wrong figure said out: where, printed, computed, difference; its explanation follows where there is one."""
    head = f"{found.column.year} " if found.column.year else ""
    place = f" ({found.place.in_language(say.language)})" if found.place else ""
    unit = found.column.unit
    said = say(
        "stated_computed",
        row=found.row.name.in_language(say.language) + place,
        column=head + found.column.name.in_language(say.language),
        stated=money_figure(found.cell.stated, unit),
        computed=money_figure(found.cell.computed, unit),
        difference=money_figure(found.cell.difference, unit),
    )
    why = found.cell.explanation
    return f"{said}. {_kept_together(why.in_language(say.language))}" if why else f"{said}."


def _kept_together(text: str) -> str:
    """The thousands of a number stay on one line: 3 767 906 with no-break spaces."""
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "\u00a0", text)


def summary(report: MonthlyReport, say: Say) -> Iterator[str]:
    """The month in a few lines: each live figure with its goal, the money left, each printed figure that is wrong."""
    for line in report.followed:
        name = line.target.name.in_language(say.language)
        if line.figure is None:
            yield f"{name}: {say('no_figure').lower()}."
            continue
        facts = [measured(line.figure.value, line.figure.unit, say)]
        if line.aim:
            facts.append(f"{say('target').lower()} {aim_of(line, say)}")
        if line.figure.coverage is not None:
            facts.append(f"{say('coverage').lower()} {measured(line.figure.coverage, 'share', say)}")
        yield f"{name}: {', '.join(facts)}."
    if report.money:
        yield from _money_summary(report.money, say)


def _money_summary(compared: Comparison, say: Say) -> Iterator[str]:
    total = next(row for row in compared.rows if row.key == compared.budget.total.key)
    columns = {column.kind: column.key for column in compared.budget.columns if column.unit == "EUR"}
    if "left" in columns and "total_plan" in columns:
        left, plan = total.cells[columns["left"]], total.cells[columns["total_plan"]]
        as_of = compared.budget.as_of
        yield say("money_left", left=euro(left.computed), plan=euro(plan.computed)) + (
            f" ({day(as_of)})." if as_of else "."
        )
    for found in compared.disagreements:
        yield f"{say('disagrees')}: {disagreement_words(found, compared, say)}"


def about(report: MonthlyReport, part: Part, say: Say) -> Iterator[str]:
    """Who answers for a part, which care guarantee binds it, which day its status is of."""
    roles = ", ".join(report.programme.role_name(key).in_language(say.language) for key in part.responsible)
    if roles:
        yield f"{say('responsible')}: {roles}"
    if part.care_guarantee:
        yield part.care_guarantee.printed
    if part.status:
        yield f"{say('state_on')} {day(part.status.day)}"


def blocks(part: Part, say: Say) -> Iterator[tuple[str, Lines]]:
    """What tells how a part stands, with headings: the four texts of the funder's form, then by state what is done.

    A part without a status text tells of its measures and goals, each with its newest words; then what was remarked.
    """
    if status := part.status:
        yield say("overall"), status.overall
        yield say("achieved", status.by), status.achieved
        yield say("still_to_do"), status.still_to_do
        yield say("deviations_risks"), status.deviations_risks
    standing = [(one.state, _stands(one)) for one in (*part.measures, *_goals(part)) if one.standings]
    for state in STATES:
        if lines := tuple(line for own, line in standing if own == state):
            yield say(f"stands_{state}"), lines
    for section in part.sections:
        if section.kind == "remarks":
            yield section.title, section.text


def _goals(part: Part) -> Iterator[ProgrammeGoal]:
    return (goal for top in part.goals for _level, goal in top.walk())


def _stands(one: Measure | ProgrammeGoal) -> Point:
    """A measure or goal with its newest words, why it is late, and what came of it."""
    newest = one.standings[-1]
    outputs = one.outputs if isinstance(one, Measure) else ()
    said = {line.text for line in (*newest.text, *outputs)}
    why = (Point(text=newest.reason),) if newest.reason and newest.reason not in said else ()
    number = f"{one.number} " if isinstance(one, ProgrammeGoal) and one.number else ""
    return Point(text=number + one.text, points=(*newest.text, *why, *outputs))


def marked(state: RiskState) -> Iterator[Point]:
    """A risk's state as lines that begin with their mark, "+" or "−"."""
    for line in state.marks:
        yield Point(text=f"{'+' if line.mark == '+' else '−'} {line.text}", points=line.points)


def communication(report: MonthlyReport, say: Say) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What, for whom, how; then what was told and published, each with its heading."""
    plan = report.programme
    if plan.communication:
        yield say("what"), plan.communication.what
        yield say("for_whom"), plan.communication.for_whom
        yield say("how"), plan.communication.how
        told = tuple(f"{item.text} ({item.day})" if item.day else item.text for item in plan.communication.items)
        yield f"{say('told')} {plan.communication.period}".strip(), told
    if plan.operating_models:
        links = tuple(f"{item.text}: {item.link}" if item.link else item.text for item in plan.operating_models)
        yield say("models"), (*links, *plan.announcements)


def money_head(column: Column, say: Say) -> str:
    """The head of a money column: its year (or "total") over its name."""
    over = str(column.year) if column.year else say("total")
    return f"{over}\n{column.name.in_language(say.language)}"


def sources(report: MonthlyReport, say: Say) -> Iterator[tuple[str, str]]:
    """Where each kind of content comes from, and who answers for the report."""
    plan = report.programme
    yield say("status_source"), plan.source.document.in_language(say.language)
    for line in report.followed:
        if line.figure:
            version = (
                f"{say('version').lower()} {line.figure.definition_version}" if line.figure.definition_version else ""
            )
            named = (line.target.name.in_language(say.language), version, day(line.figure.as_of))
            yield say("figure_source"), " · ".join(filter(None, named))
    if report.money:
        yield say("money_source"), report.money.budget.title.in_language(say.language)
    yield say("signed"), plan.roles[0].name.in_language(say.language)


def sums(budget: Budget) -> dict[str, Text]:
    """The lines of the money table that others sum up to, which stand in bold: name by key."""
    return {row.key: row.name for _, row in budget.walk() if row.rows or row in (budget.total, budget.grant)}


def target_rows(report: MonthlyReport, lines: Sequence[Target], say: Say) -> tuple[list[int], list[list[str]]]:
    """The years of the plan's goals; for each line its name and note, direction, goal by year, goals by quarter."""
    years = sorted({year for target in report.programme.targets for year in target.by_year})
    rows = []
    for target in lines:
        name = target.name.in_language(say.language) + (f" ({target.note})" if target.note else "")
        aims = [goal_words(target, target.by_year.get(year), say) for year in years]
        within = {**target.by_quarter, **target.by_month}
        quarters = "; ".join(f"{when}: {goal_words(target, goal, say)}" for when, goal in within.items())
        rows.append([name, direction(target, say), *aims, quarters or NOTHING])
    return years, rows


def is_numeric(target: Target) -> bool:
    """Whether the line aims at a number by some date."""
    return any(goal.value is not None for goal in target.dated.values())


def goals_in_words(target: Target, say: Say) -> Iterator[str]:
    """The goals of a line that aims at a state: what by which year or quarter; else its direction and note."""
    dated = target.dated
    for when, goal in dated.items():
        yield f"{when}: {goal_words(target, goal, say)}"
    if target.note:
        yield f"{direction(target, say)}: {target.note}" if not dated else target.note
    elif not dated:
        yield direction(target, say)
