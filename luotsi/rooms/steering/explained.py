"""How an indicator is counted, for its page: targets, the law's line, and the worked example as tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from luotsi.base.shelf import Entry
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.indicators.definitions import ExpectedRow, Indicator, words
from luotsi.domain.indicators.definitions.facts import FACT_TABLES
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.steering.words import bare, goal, target_words, value_name
from luotsi.ui.words import NOTHING, in_language, number


@dataclass(frozen=True)
class Grid:
    """A table of texts whose first cell names the row."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Explained:
    """The definition in words and tables."""

    owner: str
    targets: Grid | None
    law: Grid | None
    facts: tuple[Grid, ...]
    expected: Grid


def explained(indicator: Indicator) -> Explained:
    role = organisation.roles().get(indicator.owner)
    return Explained(
        owner=in_language(role.name) if role else indicator.owner,
        targets=_targets(indicator),
        law=_law(indicator),
        facts=_facts(indicator),
        expected=_expected(indicator),
    )


def _targets(indicator: Indicator) -> Grid | None:
    """A row for each goal, the earliest first, with the document that says so."""
    goals = [(one.by, one.value, target.source) for target in indicator.targets for one in target.goals]
    rows = tuple((_written(by), _aim(value, indicator), source) for by, value, source in sorted(goals))
    return Grid((_("To be reached by"), _("Target"), _("Document")), rows) if rows else None


def _law(indicator: Indicator) -> Grid | None:
    lines = sorted(indicator.law, key=lambda line: line.valid_from)
    rows = tuple(
        (_written(line.valid_from), in_language(line.name), goal(line.value, indicator.unit), line.source)
        for line in lines
    )
    return (
        Grid((_("In force from"), _("What the law says"), _("Limit"), _("Section of the law")), rows) if rows else None
    )


def _aim(value: float, indicator: Indicator) -> str:
    return target_words(value, indicator) or goal(value, indicator.unit)


def _facts(indicator: Indicator) -> tuple[Grid, ...]:
    """The example's facts, one table of each kind, with only the columns that tell them apart."""
    return tuple(_grid(facts) for facts in indicator.example.facts.values())


def _grid(facts: Sequence[Entry]) -> Grid:
    told = [name for name in type(facts[0]).model_fields if len({getattr(fact, name) for fact in facts}) > 1]
    head = tuple(in_language(words().column(name)) for name in told)
    return Grid(head, tuple(tuple(_fact_value(name, getattr(fact, name)) for name in told) for fact in facts))


def _expected(indicator: Indicator) -> Grid:
    """The table that the facts must give; the tests hold the engine to it."""
    example, has_apart = indicator.example, indicator.apart is not None
    head = (_("Group"), _("Value"), _("Numerator"), _("Denominator"), _("Coverage, %"))
    rows = [(_group(row, indicator), *_numbers(row, indicator, has_apart)) for row in example.rows if example.by]
    total = (_("All together"), *_numbers(example.total, indicator, has_apart))
    return Grid((*head, *([in_language(indicator.apart)] if has_apart else [])), (*rows, total))


def _group(row: ExpectedRow, indicator: Indicator) -> str:
    by = indicator.example.by
    return ", ".join(value_name(column, key) for column, key in zip(by, row.keys(by), strict=True))


def _numbers(row: ExpectedRow, indicator: Indicator, has_apart: bool) -> tuple[str, ...]:
    apart = (bare(row.apart, "count"),) if has_apart else ()
    counts = (bare(row.numerator, "count"), bare(row.denominator, "count"))
    return (bare(row.value, indicator.unit), *counts, bare(row.coverage, "percent"), *apart)


# What a fact of an example is called in it: no code, though it may look like one.
_LABELS = {"booking", "entry", *(table.key for table in FACT_TABLES.values())}


def _fact_value(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return _written(value)
    if value in (None, ""):
        return NOTHING
    if name in _LABELS:
        return str(value)
    if name in words().columns:
        return value_name(name, value)  # type: ignore[arg-type]
    if not isinstance(value, str):
        return number(value)
    return _codes().get(value, value)


def _written(day: date) -> str:
    """31.3.2026 in every language: the column is narrow and the year matters."""
    return f"{day.day}.{day.month}.{day.year}"


def _codes() -> dict[str, str]:
    """What the facts' own short words mean."""
    reasons = {reason.key: in_language(reason.name) for kind in case_kinds().values() for reason in kind.close_reasons}
    return reasons | {key: in_language(name) for key, name in words().codes.items()}
