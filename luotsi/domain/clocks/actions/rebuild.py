"""Every clock row anew from events: the proof that the rows are only a cache."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import transaction

from luotsi.base.forked import forked
from luotsi.domain.clocks.actions.alike import Alike
from luotsi.domain.clocks.actions.missing import tell_missed
from luotsi.domain.clocks.actions.reading import ReadClock, columns, read_clocks, write_rows
from luotsi.domain.clocks.actions.stored import stored_between, write_missing
from luotsi.domain.clocks.actions.tick import woken
from luotsi.domain.clocks.definitions import ClockUse
from luotsi.domain.clocks.models import Clock
from luotsi.domain.clocks.rules import Counts, Fact, StoryError, remembering
from luotsi.domain.clocks.rules.compose import standing_facts
from luotsi.domain.events import queries as event_queries
from luotsi.domain.events.queries import BriefStory

UsesOf = Mapping[str, Sequence[ClockUse]]
BornOf = Callable[[Collection[UUID]], Mapping[UUID, date | None]]
Stands = Callable[[Collection[UUID]], Collection[UUID]]
Row = dict[str, Any]
Rows = dict[tuple[str, datetime], Row]

_COLUMNS = (
    "id", "subject", "line", "started_at", "rule", "due_on", "promised_on", "paused_since", "stopped_at", "wake_at",
    "state", "because",
)  # fmt: skip
_OWN_KINDS = ("clock.started", "clock.paused", "clock.resumed")
_AT_ONCE = 2_000
_MISSING = "it was missing"


@dataclass(frozen=True)
class Difference:
    """A row that is not what its events say: it was missing, should not be there, or a column differs."""

    subject: UUID
    line: str
    what: str


def rebuild(
    *,
    uses_of: UsesOf,
    born_of: BornOf,
    at: datetime,
    check: bool = False,
    stands: Stands | None = None,
    jobs: int = 1,
) -> list[Difference]:
    """Make every row again from events and answer what differed; with `check` nothing is written.

    `uses_of`: the clocks of each case kind; `born_of`: the birth dates of residents by id. The rule of a clock is the
    one told when it started; only for a start that was never told, or without the age, the age chooses it. `stands`:
    which of some subjects are still kept; those erased have events and no rows. `jobs`: how many processes share the
    work, each with its own connection and transactions; 1 stays in this process and in the transaction that is open.
    Records no event but a miss that nobody has told. A case whose events cannot have happened is a difference, and its
    rows are left alone.
    """
    anew = _Anew(uses_of, born_of, at, check, stands)
    parted = event_queries.edges({use.starts for uses in uses_of.values() for use in uses}, every=_AT_ONCE)
    return [one for found in forked(anew.between, pairwise(["", *parted, ""]), jobs=jobs) for one in found]


@dataclass
class _Anew:
    """What a batch is made anew by. Dates are counted once for all the batches of a process."""

    uses_of: UsesOf
    born_of: BornOf
    at: datetime
    check: bool
    stands: Stands | None
    count: Counts = field(default_factory=remembering)

    @cached_property
    def alike(self) -> Alike:
        return Alike(self.uses_of, self.at)

    @transaction.atomic
    def between(self, bounds: tuple[str, str]) -> list[Difference]:
        """A range of subjects with events or with rows. Those whose rows are surely right are not looked at further."""
        matters, rows = event_queries.matters_between(*bounds, asked=self.alike.asked), stored_between(*bounds)
        right, missing = self.alike.judge(matters, rows, self.born_of)
        if self.stands:
            standing = {str(one) for one in self.stands([UUID(one) for one in (*right, *missing)])}
            right, missing = right & standing, {one: missing[one] for one in missing if one in standing}
        doubtful = sorted({*rows, *(matter.subject for matter in matters)} - right - set(missing))
        slices = (doubtful[place : place + _AT_ONCE] for place in range(0, len(doubtful), _AT_ONCE))
        found = [one for some in slices for one in self.batch([UUID(subject) for subject in some])]
        return found + self._write([row for made in missing.values() for row in made])

    def _write(self, missing: list[Clock]) -> list[Difference]:
        if missing and not self.check:
            write_missing(missing)
            tell_missed([row for row in missing if row.state == "overdue"])
        return [Difference(row.subject, row.line, _MISSING) for row in missing]

    @property
    def kinds(self) -> set[str]:
        uses = [use for uses in self.uses_of.values() for use in uses]
        return {kind for use in uses for kind in use.kinds} | {*_OWN_KINDS}

    @transaction.atomic
    def batch(self, subjects: Sequence[UUID]) -> list[Difference]:
        kept = [*self.stands(subjects)] if self.stands else subjects
        stories = event_queries.stories_in_brief(kept, kinds=self.kinds)
        residents = {story.resident for story in stories.values() if story.resident}
        born = self.born_of(residents)
        rows, work = _stored(subjects), _Work()
        for subject, story in stories.items():
            uses = next((self.uses_of[kind] for kind in story.case_kinds if kind in self.uses_of), ())
            birth = born.get(story.resident) if story.resident else None
            try:
                clocks = read_clocks(_facts(story), uses, born=birth, at=self.at, count=self.count)
            except StoryError as error:
                work.differences.append(Difference(subject, "", str(error)))
            else:
                work.compare(subject, clocks, rows.get(subject, {}), self.at)
        for subject in set(rows) - set(stories):
            work.compare(subject, (), rows[subject], self.at)
        if not self.check:
            work.write()
        return work.differences


def _facts(story: BriefStory) -> tuple[Fact, ...]:
    return standing_facts(Fact(one.uid, one.kind, one.at, one.body, one.corrects) for one in story.events)


def _stored(subjects: Sequence[UUID]) -> dict[UUID, Rows]:
    rows: dict[UUID, Rows] = {}
    for values in Clock.objects.filter(subject__in=subjects).values_list(*_COLUMNS):
        row = dict(zip(_COLUMNS, values, strict=True))
        rows.setdefault(row["subject"], {})[row["line"], row["started_at"]] = row
    return rows


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
        self.gone += [row["id"] for row in rows.values()]
        self.differences += [Difference(subject, row["line"], "no event started it") for row in rows.values()]

    def write(self) -> None:
        if self.gone:
            Clock.objects.filter(id__in=self.gone).delete()
        write_rows(self.fresh)
        tell_missed([row for row in self.fresh if row.state == "overdue"])


def _what_differs(row: Row | None, made: Mapping[str, Any], at: datetime) -> str:
    """The columns that differ, in words. A row whose time has come, but that no round woke yet, is read as woken."""
    if row is None:
        return _MISSING
    if row["wake_at"] and row["wake_at"] <= at:
        row["state"], row["wake_at"] = woken(Clock(**row), at)
    wrong = [name for name, value in made.items() if row[name] != value]
    return "; ".join(f"{name} was {row[name]}, is {made[name]}" for name in wrong)
