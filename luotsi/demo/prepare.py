"""Making the demonstration county: everything in one transaction, so that a half one is never seen."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, islice
from typing import ClassVar

import numpy as np
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from luotsi.analytics import facts
from luotsi.base import bulk
from luotsi.base.bulk import Stream
from luotsi.base.dates import add_months
from luotsi.base.now import in_helsinki, local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.demo import chronicle, clock_rows, happenings, limits, open_matters, residents, staff, story, tables
from luotsi.demo.calendars import PROFESSIONS
from luotsi.demo.days import Days
from luotsi.demo.ids import one
from luotsi.demo.outcomes import Story
from luotsi.demo.progress import Progress
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.cases import actions as cases
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.clocks import actions as clocks
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as event_queries
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.people import actions as people
from luotsi.domain.questionnaires import actions as questionnaires

_AHEAD = timedelta(days=90)  # times are offered and follow-ups booked at most this far ahead
_BEFORE = timedelta(days=245)  # so long somebody may have waited when the story begins
_STALE = timedelta(days=2)
FEWEST = 150


class Refused(Exception):
    """The demonstration cannot be made here. The sentence says why and what to do."""


@dataclass(frozen=True)
class DemonstrationMade:
    """Everything before it in its transaction is the demonstration's; nothing is wiped that has no such event."""

    kind: ClassVar[str] = "demonstration.made"
    residents: int
    visits: int
    cases: int
    seed: int


@dataclass(frozen=True)
class Standing:
    """The demonstration that is there. `newest` is when something last happened in it."""

    made: datetime
    residents: int
    newest: datetime

    def is_stale(self, at: datetime) -> bool:
        return at - self.newest > _STALE


def standing() -> Standing | None:
    """The demonstration in the database, or None in an empty one. Raises Refused when the data there is another's."""
    newest = event_queries.latest()
    if newest is None:
        return None
    made = event_queries.latest(DemonstrationMade.kind)
    if made is None:
        raise Refused(
            "This database holds events that are not the demonstration's, so it is left alone. "
            "Point DATABASE_URL or LUOTSI_DATA elsewhere."
        )
    return Standing(made.occurred_at, made.body["residents"], max(newest.occurred_at, newest.recorded_at))


def check_allowed() -> None:
    """Raises Refused outside the demonstration mode."""
    if settings.MODE != "demo":
        raise Refused("LUOTSI_MODE=production: invented people are never written among real ones.")


def wipe() -> None:
    """Empty every table, which `standing` has shown to be the demonstration's own."""
    check_allowed()
    call_command("flush", interactive=False, verbosity=0)


def prepare(*, count: int, seed: int, at: datetime, progress: Progress) -> DemonstrationMade:
    """Fill an empty, migrated database and make the figures from it.

    Raises Refused: too few residents to tell the story, or somebody else has just filled the database.
    """
    check_allowed()
    if count < FEWEST:
        raise Refused(f"The demonstration needs at least {FEWEST} residents; {count} is too few to tell its story.")
    chronicle.check_roles()
    at = in_helsinki(at).replace(microsecond=0)
    with progress.step("telling what happened", 3):
        rng = np.random.default_rng(seed)
        start = _months_before(local_day(at), story.MONTHS)
        days = Days(start - _BEFORE, local_day(at) + _AHEAD, at, start)
        told = Story.tell(rng, days, count)
    with transaction.atomic():
        bulk.wait_for_turn("demonstration")
        if standing() is not None:
            raise Refused("Somebody else has just made the demonstration in this database; it stands.")
        made = _write(told, rng, seed, at, progress)
        events.skip_outbox("reactions")
    with progress.step("figures", 18):
        bulk.refresh_statistics()
        facts.rebuild()
    return made


def _write(told: Story, rng: np.random.Generator, seed: int, at: datetime, progress: Progress) -> DemonstrationMade:
    with progress.step("units, services and staff", 12):
        organisation.load_units()
        catalogue.load_shelf(by=SYSTEM, at=at)
        workers = staff.employ(rng, told.seats, since=told.days.first, at=at)
    with progress.step("residents", 6):
        _register(rng, told)
    rows = tables.Rows(told, workers)
    with progress.step("contacts, cases and times", 17):
        _load_rows(rows)
    with progress.step("time limits", 10):
        contact, care = limits.of_contacts(told), limits.of_care(told)
        clocks.load(_joined(clock_rows.clocks(told, contact), clock_rows.clocks(told, care)))
    with progress.step("events", 28):
        every = happenings.all_of(rows, contact, care)
        stream = chronicle.events(rows, every)
        events.load(progress.within(stream, told.days.today, chronicle.DAYS_AT_ONCE))
    with progress.step("what is under way", 2):
        open_matters.begin(told.residents, _nurse_of(told, workers, "kuhmo"), at=at)
        visits = sum(one_kind.count for one_kind in every if one_kind.kind == "visit.held")
        made = DemonstrationMade(told.residents.count, visits, told.matters.count, seed)
        events.record(made, by=SYSTEM, at=at)
    return made


def _register(rng: np.random.Generator, told: Story) -> None:
    rows = residents.rows(rng, told.residents)
    while batch := list(islice(rows, 5_000)):
        people.register_many(batch)


def _load_rows(rows: tables.Rows) -> None:
    questionnaires.load(rows.responses())
    bookings.load(slots=_joined(rows.slots(), rows.free_slots()), bookings=rows.bookings())
    cases.load(
        contacts=rows.contacts(),
        cases=rows.cases(),
        assessments=rows.assessments(),
        times=rows.times(),
        visit_notes=rows.visit_notes(),
    )


def _joined(*streams: Stream) -> Stream:
    return replace(streams[0], pieces=chain.from_iterable(stream.pieces for stream in streams))


def _nurse_of(told: Story, workers: np.ndarray, unit: str) -> Who:
    place = next(
        number
        for number, seat in enumerate(told.seats.seats)
        if story.UNITS[seat.unit].unit == unit and PROFESSIONS[seat.profession] == "nurse"
    )
    return Who(kind="staff", role="nurse", id=one(workers, place), units=frozenset({unit}))


def _months_before(day: date, months: int) -> date:
    """The day so many months before, the 28th at the latest."""
    return add_months(date(day.year - 2, day.month, min(day.day, 28)), 24 - months)
