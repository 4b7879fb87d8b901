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
from luotsi.demo import (
    advice,
    around,
    chronicle,
    clock_rows,
    gatherings,
    happenings,
    homecare,
    limits,
    national,
    numbers,
    open_matters,
    plans,
    queues,
    referral_rows,
    referred,
    residents,
    staff,
    stage_events,
    stage_rows,
    stages,
    stops,
    story,
    tables,
    tray,
)
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
from luotsi.domain.people import queries as people_queries
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
    events: int
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
    """The demonstration in the database, or None where nobody lives yet. Raises Refused where others live."""
    made, newest = event_queries.latest(DemonstrationMade.kind), event_queries.latest()
    if made is None or newest is None:
        if people_queries.is_anybody_here():
            raise Refused(
                "This database holds residents that are not the demonstration's, so it is left alone. "
                "Point DATABASE_URL or LUOTSI_DATA elsewhere."
            )
        return None
    return Standing(made.occurred_at, made.body["residents"], max(newest.occurred_at, newest.recorded_at))


def check_allowed() -> None:
    """Raises Refused outside the demonstration mode."""
    if settings.MODE != "demo":
        raise Refused("LUOTSI_MODE=production: invented people are never written among real ones.")


def fill(*, count: int, seed: int, at: datetime, progress: Progress, fresh: bool = False) -> DemonstrationMade:
    """Fill an empty, migrated database; `fresh` throws a standing demonstration away first. `draw_figures` comes after.

    Raises Refused: too few residents to tell the story, another's data, or a demonstration that stands.
    """
    check_allowed()
    if count < FEWEST:
        raise Refused(f"The demonstration needs at least {FEWEST} residents; {count} is too few to tell its story.")
    chronicle.check_roles()
    at = in_helsinki(at).replace(microsecond=0)
    with progress.step("telling what happened", 3):
        rng = np.random.default_rng(seed)
        told = Story.tell(rng, days_until(at), count)
    with transaction.atomic():
        bulk.wait_for_turn("demonstration")
        if standing() is not None:
            if not fresh:
                raise Refused("Somebody else has just made the demonstration in this database; it stands.")
            call_command("flush", interactive=False, verbosity=0)
            transaction.on_commit(lambda: events.begin_anchor(at=at))
        made = _write(told, rng, seed, at, progress)
        events.skip_outbox("reactions")
    return made


def draw_figures(progress: Progress) -> None:
    """Make the facts anew from what was filled, as the worker does a little at a time."""
    with progress.step("figures", 18):
        bulk.refresh_statistics()
        facts.rebuild()


def _write(told: Story, rng: np.random.Generator, seed: int, at: datetime, progress: Progress) -> DemonstrationMade:
    with progress.step("units, services and staff", 12):
        organisation.load_units()
        catalogue.load_shelf(by=SYSTEM, at=at)
        national.take_in(at=at)
        workers = staff.employ(rng, told.seats, since=told.days.first, at=at)
    with progress.step("residents", 6):
        _register(rng, told)
    rows = tables.Rows(told, workers)
    apart = np.random.default_rng([seed, 1])  # what is sent on leaves the rest of the story as it is
    threads = referred.tell(apart, told)
    staged = stage_rows.StageRows(rng, rows, [*stages.tell(rng, told), *referred.matters(threads)])
    sent = referral_rows.ReferralRows(apart, rows, staged, threads)
    with progress.step("contacts, cases and times", 17):
        _load_rows(rows, staged, sent, at)
    with progress.step("time limits", 10):
        contact, care = limits.of_contacts(told), limits.of_care(told)
        clocks.load(
            _joined(clock_rows.clocks(told, contact), clock_rows.clocks(told, care), staged.clocks(), sent.clocks())
        )
    with progress.step("events", 28):
        every = [*happenings.all_of(rows, contact, care), *stage_events.happened(staged), *sent.happened()]
        stream = chronicle.events(rows, every)
        events.load(progress.within(stream, told.days.today, chronicle.DAYS_AT_ONCE))
    with progress.step("what is under way", 2):
        open_matters.begin(told.residents, _nurse_of(told, workers, "kuhmo"), at=at)
        plans.make(at=at)
        queues.wait(at=at)
        gatherings.gather(told.residents, at=at)
        stops.drive(at=at)
        numbers.wait(at=at)
        tray.keep(at=at)
        advice.advise(at=at)
        homecare.make(np.random.default_rng([seed, 2]), told.residents, at=at)
        visits = sum(one_kind.count for one_kind in every if one_kind.kind == "visit.held")
        told_of = sum(one_kind.count for one_kind in every)
        made = DemonstrationMade(told.residents.count, visits, told.matters.count + len(staged.places), told_of, seed)
        events.record(made, by=SYSTEM, at=at)
    return made


def _register(rng: np.random.Generator, told: Story) -> None:
    rows = residents.rows(rng, told.residents)
    while batch := list(islice(rows, 5_000)):
        people.register_many(batch)


def _load_rows(rows: tables.Rows, staged: stage_rows.StageRows, sent: referral_rows.ReferralRows, at: datetime) -> None:
    questionnaires.load(rows.responses())
    bookings.load(slots=_joined(rows.slots(), rows.free_slots()), bookings=rows.bookings())
    cases.load(
        contacts=_joined(rows.contacts(), around.reminders(rows), staged.contacts()),
        cases=_joined(rows.cases(), staged.cases()),
        assessments=_joined(rows.assessments(), staged.assessments()),
        times=rows.times(),
        visit_notes=rows.visit_notes(),
        calls=around.calls(rows),
        joined=_joined(around.joins(rows), staged.joins()),
        handovers=_joined(around.handovers(rows), staged.handovers()),
        tellings=staged.tellings(),
        referrals=sent.referrals(),
        referral_entries=sent.entries(),
    )
    cases.rebuild_relationships(at=at)


def _joined(*streams: Stream) -> Stream:
    return replace(streams[0], pieces=chain.from_iterable(stream.pieces for stream in streams))


def _nurse_of(told: Story, workers: np.ndarray, unit: str) -> Who:
    place = next(
        number
        for number, seat in enumerate(told.seats.seats)
        if story.UNITS[seat.unit].unit == unit and PROFESSIONS[seat.profession] == "nurse"
    )
    return Who(kind="staff", role="nurse", id=one(workers, place), units=frozenset({unit}))


def days_until(at: datetime) -> Days:
    """The days of a story that has come to this moment."""
    start = _months_before(local_day(at), story.MONTHS)
    return Days(start - _BEFORE, local_day(at) + _AHEAD, at, start)


def _months_before(day: date, months: int) -> date:
    """The day so many months before, the 28th at the latest."""
    return add_months(date(day.year - 2, day.month, min(day.day, 28)), 24 - months)
