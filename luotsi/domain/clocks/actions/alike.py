"""Matters alike are read once: whether the rows of very many are what their events say.

Two things are remembered, and each holds all that its answer depends on. What the events of a matter mean for its
clocks follows from their kinds, from what `compose` reads of them, and from their order: their shape. Where a clock
then stands follows from its rule, from the days of what happened to it, from the side of the office hours on which it
started, and from the age of the person. Both come from the same functions that read a single matter, and these are
given no more of it than is remembered.

Whatever is out of the ordinary (a correction, two things at one moment, a start that was never told, a time in the
future, an age that is not known) is not judged here: then, and when a row differs, the matter is read by itself.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count, pairwise
from typing import Any
from uuid import UUID

from luotsi.base import dates
from luotsi.base.now import in_helsinki, local_day
from luotsi.domain.clocks.actions.shape import Part, microseconds, moment_of, part_of, promised_at
from luotsi.domain.clocks.actions.stored import Rows, Stored
from luotsi.domain.clocks.definitions import ClockUse, clock_settings
from luotsi.domain.clocks.models import Clock
from luotsi.domain.clocks.rules import (
    ClockStory,
    Fact,
    StoryError,
    compose,
    person_of,
    read_by,
    read_clock,
    remembering,
)
from luotsi.domain.events.queries import Matter

# What is said where the age that chose the rule was not known, or was corrected since.
_OF_AGE = {"age_unknown", "age_outside"}
_MINUTE, _HOUR, _DAY = 60_000_000, 3_600_000_000, 86_400_000_000
_EPOCH = date(1970, 1, 1).toordinal()


@dataclass
class _Stands:
    """Where a clock stands. `stopped` and `paused` are places of events; `stopped_by` that of the promise that met it.
    `texts`: how PostgreSQL wrote `because` down.
    """

    told: tuple[str, date | None, date | None, str, int | None]
    paused: int | None
    stopped: int | None
    stopped_by: int | None
    because: list[dict[str, Any]]
    texts: set[str] = field(default_factory=set)

    def paused_since(self, matter: Matter) -> int | None:
        return None if self.paused is None else matter.times[self.paused]

    def stopped_at(self, matter: Matter) -> int | None:
        if self.stopped_by is not None:
            return microseconds(promised_at(matter.starts[self.stopped_by]))
        return None if self.stopped is None else matter.times[self.stopped]


class Alike:
    """What is remembered while very many matters are read at `at`."""

    def __init__(self, uses_of: Mapping[str, Sequence[ClockUse]], at: datetime) -> None:
        self.uses_of, self.at, self.at_us = uses_of, at, microseconds(at)
        self.asked = read_by([use for uses in uses_of.values() for use in uses])
        self.settings, self.count = clock_settings(), remembering()
        self.numbers = count()
        self.plans: dict[tuple[Any, ...], tuple[Part, ...] | None] = {}
        self.standings: dict[tuple[Any, ...], _Stands | None] = {}
        self.opens, self.closes = (
            one.hour * 60 + one.minute for one in (self.settings.office_opens, self.settings.office_closes)
        )
        self.offsets: dict[int, int] = {}
        self.received: dict[tuple[int, bool, bool], int] = {}

    def judge(
        self,
        matters: Iterable[Matter],
        rows: Mapping[str, Rows],
        born_of: Callable[[Collection[UUID]], Mapping[UUID, date | None]],
    ) -> tuple[set[str], dict[str, list[Clock]]]:
        """Those of these subjects whose rows are surely what their events say; and the rows of those that have none."""
        right, missing = set(), {}
        planned = [(matter, plan) for matter in matters if (plan := self._plan(matter)) is not None]
        aged = {matter.resident for matter, plan in planned if any(part.rule.has_age_limit for part in plan)}
        born = {str(one): day for one, day in born_of({UUID(one) for one in aged if one}).items()} if aged else {}
        for matter, plan in planned:
            person, kept = born.get(matter.resident or ""), rows.get(matter.subject, {})
            if self._agrees(matter, plan, kept, person):
                right.add(matter.subject)
            elif not kept and (made := list(self._made(matter, plan, person))) and None not in made:
                missing[matter.subject] = [row for row in made if row]
        return right, missing

    def _plan(self, matter: Matter) -> tuple[Part, ...] | None:
        """What the events mean; None when this matter is to be read by itself."""
        times = matter.times
        if matter.is_corrected or times[-1] > self.at_us:
            return None
        places: dict[str, int] = {"": 0}
        tokens = tuple([places.setdefault(token, len(places)) for token in matter.tokens])
        ties = tuple([one == other for one, other in pairwise(times)])
        key = (matter.shape, matter.case_kinds, tokens, tuple(map(bool, matter.starts)), ties)
        if key not in self.plans:
            self.plans[key] = self._planned(matter)
        return self.plans[key]

    def _planned(self, matter: Matter) -> tuple[Part, ...] | None:
        try:
            stories = self._stories(matter)
        except StoryError:
            return None
        told = {}
        for (kind, said), at in zip(matter.told(), matter.times, strict=True):
            if kind == "clock.started":
                body = self._body(kind, said)
                told[body.get("line"), at] = body.get("rule")
        parts = [part_of(next(self.numbers), story, told, matter) for story in stories or ()]
        return None if stories is None or None in parts else tuple(part for part in parts if part)

    def _stories(self, matter: Matter) -> Sequence[ClockStory] | None:
        """Raises StoryError."""
        known = [kind for kind in matter.case_kinds if kind in self.uses_of]
        if len(known) > 1:
            return None
        return compose(self.uses_of[known[0]], self._facts(matter), are_standing=True) if known else ()

    def _facts(self, matter: Matter) -> list[Fact]:
        """The events with what is remembered of them and nothing else."""
        facts = []
        for place, (kind, said) in enumerate(matter.told()):
            beside = {"booking": matter.tokens[place], "starts_at": matter.starts[place]}
            facts.append(Fact(UUID(int=place), kind, moment_of(matter.times[place]), self._body(kind, said) | beside))
        return facts

    def _body(self, kind: str, said: list[str]) -> dict[str, Any]:
        names = self.asked.get(kind, ())
        return {name: json.loads(value) for name, value in zip(names, said, strict=False) if value}

    def _agrees(self, matter: Matter, plan: tuple[Part, ...], rows: Rows, born: date | None) -> bool:
        if len(plan) != len(rows):
            return False
        for part in plan:
            row = rows.get((part.line, matter.times[part.start]))
            stands = self._stands(matter, part, born) if row else None
            if row is None or stands is None or not _is(row, stands, matter):
                return False
        return True

    def _made(self, matter: Matter, plan: tuple[Part, ...], born: date | None) -> Iterator[Clock | None]:
        for part in plan:
            stands = self._stands(matter, part, born)
            yield _row(matter, part, stands) if stands else None

    def _stands(self, matter: Matter, part: Part, born: date | None) -> _Stands | None:
        times = matter.times
        start = self._start(times[part.start])
        born = born if born and born.toordinal() <= start[0] else None
        person = person_of(part.rule, born, date.fromordinal(start[0]), self.settings) if born else None
        key = (
            part.number,
            start,
            tuple([self._day(times[one]) for one in part.days]),
            tuple([self._day(microseconds(promised_at(matter.starts[one]))) for one in part.promises]),
            None if part.joins is None else self._day(times[part.joins]),
            person,
        )
        if key not in self.standings:
            self.standings[key] = self._read(matter, part, born)
        return self.standings[key]

    def _read(self, matter: Matter, part: Part, born: date | None) -> _Stands | None:
        try:
            reading = read_clock(
                part.rule,
                part.events_of(matter),
                at=self.at,
                settings=self.settings,
                born=born,
                conditions=part.story.conditions,
                joins=None if part.joins is None else moment_of(matter.times[part.joins]),
                count=self.count,
            )
        except StoryError:
            return None
        if not _OF_AGE.isdisjoint(step.what for step in reading.because):
            return None
        moments = [moment_of(matter.times[one]) for one in part.days]
        stopped, by = _where(reading.stopped, part.days, moments), []
        if reading.because and reading.because[-1].what == "resident_declined":  # met by the time that was offered
            ons = [promised_at(matter.starts[one]) for one in part.promises]
            stopped, by = [], _where(reading.stopped, part.promises, ons)
        paused = _where(reading.paused_since, part.days, moments)
        if (reading.stopped and len(stopped + by) != 1) or (reading.paused_since and len(paused) != 1):
            return None
        promised = local_day(reading.promised) if reading.promised else None
        wake_at = microseconds(reading.wake_at) if reading.wake_at else None
        return _Stands(
            told=(part.rule.key, reading.due, promised, reading.state, wake_at),
            paused=paused[0] if paused else None,
            stopped=stopped[0] if stopped else None,
            stopped_by=by[0] if by else None,
            because=[step.as_json() for step in reading.because],
        )

    def _day(self, at: int) -> int:
        """The Finnish day, as an ordinal."""
        return self._local(at)[0]

    def _local(self, at: int) -> tuple[int, int]:
        """The Finnish day and the minute of it. Clocks there are set by whole hours, so an hour has one offset."""
        hour = at // _HOUR
        if hour not in self.offsets:
            ahead = in_helsinki(moment_of(hour * _HOUR)).utcoffset() or timedelta()
            self.offsets[hour] = ahead // timedelta(microseconds=1)
        days, rest = divmod(at + self.offsets[hour], _DAY)
        return _EPOCH + days, rest // _MINUTE

    def _start(self, at: int) -> tuple[int, int]:
        """The day, and the one on which it counts as received. Offices open and close on a minute."""
        day, minute = self._local(at)
        side = (day, minute >= self.opens, minute < self.closes)
        if side not in self.received:
            held = self.settings
            received = dates.next_working_day_start(
                in_helsinki(moment_of(at)), opens=held.office_opens, closes=held.office_closes,
                eves_count=held.eves_count,
            )  # fmt: skip
            self.received[side] = received.date().toordinal()
        return day, self.received[side]


def _is(row: Stored, stands: _Stands, matter: Matter) -> bool:
    """Whether a row says so."""
    return (
        row[:5] == stands.told
        and row[5] == stands.paused_since(matter)
        and row[6] == stands.stopped_at(matter)
        and _says(row[7], stands)
    )


def _row(matter: Matter, part: Part, stands: _Stands) -> Clock:
    rule, due, promised, state, wake_at = stands.told
    paused, stopped = stands.paused_since(matter), stands.stopped_at(matter)
    return Clock(
        subject=UUID(matter.subject),
        line=part.line,
        rule=rule,
        started_at=moment_of(matter.times[part.start]),
        due_on=due,
        promised_on=promised,
        paused_since=None if paused is None else moment_of(paused),
        stopped_at=None if stopped is None else moment_of(stopped),
        wake_at=None if wake_at is None else moment_of(wake_at),
        state=state,
        because=stands.because,
    )


def _says(text: str, stands: _Stands) -> bool:
    if text not in stands.texts and json.loads(text) == stands.because:
        stands.texts.add(text)
    return text in stands.texts


def _where(moment: datetime | None, places: Sequence[int], moments: Sequence[datetime]) -> list[int]:
    return [place for place, one in zip(places, moments, strict=True) if one == moment]
