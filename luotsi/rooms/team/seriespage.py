"""Times for one matter, proposed whole: of which offering, with whom, how often, and what else would do."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.queries import searching
from luotsi.domain.bookings.queries.searching import Found, Wanted
from luotsi.domain.bookings.rules import own, series
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation import queries as people_at_work
from luotsi.rooms.team.freetimes import units_of
from luotsi.rooms.team.seriesforms import SeriesForm
from luotsi.rooms.team.words import profession_words
from luotsi.ui.words import bare_time, moment

MODES = {"visit", "phone", "remote", "home"}
FIELD = "slot-"


@dataclass(frozen=True)
class Line:
    """One time of the series: what is proposed or chosen, and what else there is on those days."""

    number: int
    choices: tuple[tuple[str, str], ...]
    chosen: str


@dataclass
class SeriesPage:
    """What the address asks for, and the times for it. `form.is_valid()` has been asked."""

    case: CaseView
    form: SeriesForm
    at: datetime
    offering: Offering
    reason: str
    chosen: Mapping[int, str] = field(default_factory=dict)

    @property
    def number(self) -> int:
        return int(self.form.cleaned_data["number"])

    @property
    def every_days(self) -> int:
        return int(self.form.cleaned_data["every"])

    @property
    def also(self) -> list[own.Step]:
        """What else is done at the same visit."""
        told = self.form.cleaned_data.get("also", "") if self.form.is_valid() else ""
        offering, reason = _asked(told)
        return [own.Step(offering.key, reason)] if offering else []

    @cached_property
    def visits(self) -> list[tuple[Found, ...]]:
        """Visits at which all of it is done one after the other."""
        further = [replace(self._wanted, offering=offerings()[one.offering], reason=one.reason, staff=None)
                   for one in self.also]  # fmt: skip
        return searching.joined([self._wanted, *further])

    @cached_property
    def rounds(self) -> list[list[Found]]:
        told = self.form.cleaned_data
        return searching.rounds(self._wanted, number=self.number, every_days=self.every_days, part=told["part"])

    @property
    def _wanted(self) -> Wanted:
        told = self.form.cleaned_data
        return Wanted(
            self.offering, after=max(self.at, start_of(told["start"]) - timedelta(seconds=1)),
            before=self.at + timedelta(days=self.offering.horizon_days + 1), reason=self.reason, units=[told["unit"]],
            staff=UUID(told["staff"]) if told["staff"] else None, with_overbooking=bool(told.get("over")),
        )  # fmt: skip

    @cached_property
    def lines(self) -> list[Line]:
        """A line for each time, or one for a visit of several steps. What was chosen before stays chosen while it is
        free.
        """
        if self.also:
            choices = tuple(("+".join(str(one.id) for one in visit), _visit_words(visit)) for visit in self.visits)
            chosen = self.chosen.get(0, choices[0][0] if choices else "")
            return [Line(0, choices, chosen)] if choices else []
        if not self.rounds:
            return []
        rounds = [[series.Free(one.id, one.starts_at, one.staff) for one in found] for found in self.rounds]
        anchor = self._anchor(rounds)
        proposed = series.propose(rounds, anchor, every_days=self.every_days)
        return [self._line(number, free, anchor, proposed[number]) for number, free in enumerate(rounds)]

    def _anchor(self, rounds: Sequence[Sequence[series.Free]]) -> series.Free:
        return next((one for one in rounds[0] if str(one.id) == self.chosen.get(0)), rounds[0][0])

    def _line(
        self, number: int, free: Collection[series.Free], anchor: series.Free, proposed: UUID | None
    ) -> Line:  # fmt: skip
        when = series.target(anchor.starts_at, number, every_days=self.every_days)
        known = {one.id: one for one in self.rounds[number]}
        choices = [known[one.id] for one in series.nearest(free, when, staff=anchor.staff)]
        chosen = self.chosen.get(number, str(proposed or ""))
        if chosen and chosen not in {str(one.id) for one in choices}:
            choices += [one for key, one in known.items() if str(key) == chosen]
        ordered = sorted(choices, key=lambda one: (one.starts_at, one.staff_name))
        left = chosen if any(str(one.id) == chosen for one in ordered) else ""
        return Line(number, tuple((str(one.id), _time_words(one)) for one in ordered), left)


def page_for(case: CaseView, request: HttpRequest, *, at: datetime) -> SeriesPage:
    """The page for what the address says; nothing said is the matter's own unit, once, from today on."""
    fitting = fitting_for(case, units_of(case, request.viewer))
    what = [(f"{one.key} {each.reason}", _what_words(one, each)) for one in fitting for each in one.durations]
    told = request.GET if "what" in request.GET else None
    asked = (told or {}).get("what", "")
    offering, reason = _asked(asked if asked in dict(what) else next(iter(dict(what)), " "))
    units = [unit for unit in units_of(case, request.viewer) if offering and unit in offering.units]
    unit = next((one for one in ((told or {}).get("unit"), case.unit, *units) if one in units), "")
    initial = {"what": f"{offering.key} {reason}" if offering else "", "unit": unit, "number": 1, "every": "7",
               "start": local_day(at), "staff": "", "part": "", "also": ""}  # fmt: skip
    staff = _staff_choices(unit, offering, case, at) if offering else ()
    form = SeriesForm(
        initial | told.dict() if told else initial, what=what, units=_unit_choices(units),
        staff=staff, can_overbook=bool(offering and offering.overbook),
    )  # fmt: skip
    form.is_valid()
    return SeriesPage(case, form, at, offering, reason, chosen_in(request.POST))


def fitting_for(case: CaseView, units: Collection[str]) -> list[Offering]:
    """What the matter's professions give in these units to one person at a time; the matter's own service first."""
    found = [
        one
        for one in offerings().values()
        if one.mode in MODES and set(one.units) & set(units) and set(one.professions) & set(case.kind.professions)
    ]
    return sorted(found, key=lambda one: (one.service != case.service, one.mode != "visit"))


def chosen_in(told: Mapping[str, str]) -> dict[int, str]:
    """By the number of each time what the form says of it; "" leaves it out."""
    names = (name.removeprefix(FIELD) for name in told if name.startswith(FIELD))
    return {int(name): told[f"{FIELD}{name}"] for name in names if name.isascii() and name.isdigit() and len(name) < 3}


def _asked(what: str) -> tuple[Offering | None, str]:
    key, _space, reason = what.partition(" ")
    return offerings().get(key), reason


def _what_words(offering: Offering, duration: Any) -> str:
    language = get_language() or "fi"
    name = offering.name.in_language(language)
    return f"{name}: {duration.name.in_language(language)} ({duration.minutes} min)"


def _unit_choices(units: Collection[str]) -> list[tuple[str, str]]:
    names = organisation.unit_names()
    return [(unit, names[unit].in_language(get_language() or "fi")) for unit in units]


def _staff_choices(unit: str, offering: Offering, case: CaseView, at: datetime) -> list[tuple[str, str]]:
    """Who gives such times in the unit; those whom the person has met first, and said so."""
    roles, met = organisation.roles(), searching.workers_known([case.person.id])
    fitting = [
        one
        for one in people_at_work.members_of([unit], on=local_day(at))
        if roles[one.role].profession in offering.professions
    ]
    fitting.sort(key=lambda one: one.id not in met)
    known = _("%(name)s (has met)")
    return [(str(one.id), known % {"name": one.name} if one.id in met else one.name) for one in fitting]


def _visit_words(visit: Sequence[Found]) -> str:
    """The steps in their order: ma 31.3.2027 klo 9.00–9.30, Nelli Hoitaja; 9.30–10.15, Sini Suuhygienisti"""
    first, *rest = visit
    later = (f"{bare_time(one.starts_at)}–{bare_time(one.ends_at)}, {_who(one)}" for one in rest)
    return "; ".join([_time_words(first), *later])


def _who(one: Found) -> str:
    return one.staff_name or profession_words(one.profession)


def _time_words(one: Found) -> str:
    """ma 31.3.2027 klo 9.15–9.35, Nelli Hoitaja"""
    words = f"{moment(one.starts_at)}–{bare_time(one.ends_at)}, {_who(one)}"
    return _("%(time)s (full, overbooked)") % {"time": words} if one.is_full else words
