"""Every clock row anew from events: the proof that the rows are only a cache."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from luotsi.domain.clocks.actions.missing import tell_missed
from luotsi.domain.clocks.actions.reading import ReadClock, columns, facts_of, read_clocks, write_rows
from luotsi.domain.clocks.actions.tick import woken
from luotsi.domain.clocks.definitions import ClockUse
from luotsi.domain.clocks.models import Clock
from luotsi.domain.clocks.rules import StoryError
from luotsi.domain.events import queries as event_queries
from luotsi.domain.events.models import Event

UsesOf = Mapping[str, Sequence[ClockUse]]
BornOf = Callable[[Collection[UUID]], Mapping[UUID, date]]
Stands = Callable[[Collection[UUID]], Collection[UUID]]
Rows = dict[tuple[str, datetime], Clock]


@dataclass(frozen=True)
class Difference:
    """A row that is not what its events say: it was missing, should not be there, or a column differs."""

    subject: UUID
    line: str
    what: str


def rebuild(
    *, uses_of: UsesOf, born_of: BornOf, at: datetime, check: bool = False, stands: Stands | None = None
) -> list[Difference]:
    """Make every row again from events and answer what differed; with `check` nothing is written.

    `uses_of`: the clocks of each case kind; `born_of`: the birth dates of residents by id. The rule of a clock is the
    one told when it started; only for a start that was never told the age chooses it. `stands`: which of some subjects
    are still kept; those erased have events and no rows.
    Records no event but a miss that nobody has told. A case whose events cannot have happened is a difference, and its
    rows are left alone.
    """
    differences: list[Difference] = []
    seen: set[UUID] = set()
    for kind in sorted({use.starts for uses in uses_of.values() for use in uses}):
        for batch in event_queries.subjects_with(kind):
            fresh = [subject for subject in batch if subject not in seen]
            fresh = [*stands(fresh)] if stands else fresh
            seen.update(fresh)
            differences += _rebuild_batch(fresh, uses_of, at=at, check=check, born_of=born_of)
    return differences + _without_start(seen, check=check)


@transaction.atomic
def _rebuild_batch(
    subjects: Sequence[UUID], uses_of: UsesOf, *, at: datetime, check: bool, born_of: BornOf
) -> list[Difference]:
    stories = event_queries.story_of(subjects)
    born = _births(stories, born_of)
    rows: dict[UUID, Rows] = {subject: {} for subject in subjects}
    for row in Clock.objects.filter(subject__in=subjects):
        rows[row.subject][row.line, row.started_at] = row
    work = _Work()
    for subject, story in stories.items():
        try:
            clocks = read_clocks(facts_of(story), _uses(story, uses_of), born=born.get(subject), at=at)
        except StoryError as error:
            work.differences.append(Difference(subject, "", str(error)))
        else:
            work.compare(subject, clocks, rows[subject], at)
    if not check:
        Clock.objects.filter(id__in=work.gone).delete()
        write_rows(work.fresh)
        tell_missed([row for row in work.fresh if row.state == "overdue"])
    return work.differences


@dataclass
class _Work:
    """What a batch comes to: the differences, the rows to write and the rows to delete."""

    differences: list[Difference] = field(default_factory=list)
    fresh: list[Clock] = field(default_factory=list)
    gone: list[UUID] = field(default_factory=list)

    def compare(self, subject: UUID, clocks: Iterable[ReadClock], rows: Rows, at: datetime) -> None:
        for clock in clocks:
            made = columns(subject, clock)
            if what := _what_differs(rows.pop((clock.line, clock.started_at), None), made, at):
                self.differences.append(Difference(subject, clock.line, what))
                self.fresh.append(Clock(**made))
        self.gone += [row.id for row in rows.values()]
        self.differences += [Difference(subject, row.line, "no event started it") for row in rows.values()]


def _what_differs(row: Clock | None, made: Mapping[str, Any], at: datetime) -> str:
    """The columns that differ, in words. A row whose time has come, but that no round woke yet, is read as woken."""
    if row is None:
        return "it was missing"
    if row.wake_at and row.wake_at <= at:
        row.state, row.wake_at = woken(row, at)
    wrong = [name for name, value in made.items() if getattr(row, name) != value]
    return "; ".join(f"{name} was {getattr(row, name)}, is {made[name]}" for name in wrong)


def _without_start(seen: set[UUID], *, check: bool) -> list[Difference]:
    """Rows of subjects that no event can have started a clock for."""
    stored = Clock.objects.values_list("id", "subject", "line")
    orphans = [(key, subject, line) for key, subject, line in stored.iterator() if subject not in seen]
    if not check:
        Clock.objects.filter(id__in=[key for key, _, _ in orphans]).delete()
    return [Difference(subject, line, "no event started it") for _, subject, line in orphans]


def _uses(story: Sequence[Event], uses_of: UsesOf) -> Sequence[ClockUse]:
    return next((uses_of[event.case_kind] for event in story if event.case_kind in uses_of), ())


def _births(stories: Mapping[UUID, Sequence[Event]], born_of: BornOf) -> dict[UUID, date]:
    """Birth dates by subject."""
    resident = {subject: event.resident for subject, story in stories.items() for event in story if event.resident}
    born = born_of(set(resident.values()))
    return {subject: born[who] for subject, who in resident.items() if who in born}
