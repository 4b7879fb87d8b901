"""Cases told by their events: written into the record as the nouns write them, or straight into DuckDB."""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import duckdb
import pyarrow as pa

from luotsi.analytics.facts import stories
from luotsi.base.now import HELSINKI, local_day
from luotsi.base.who import SYSTEM
from luotsi.domain.bookings.events import (
    BookingCancelled,
    BookingMade,
    BookingMoved,
    BookingOffered,
    GroupDecided,
    GroupPlanned,
    HeadsCounted,
    VisitHeld,
    VisitMissed,
    WaitingJoined,
    WaitingLeft,
)
from luotsi.domain.bookings.events.numbers import NumberCalled, NumberTaken
from luotsi.domain.cases.events import (
    CaseClosed,
    CaseOpened,
    ContactReceived,
    DemandClassed,
    NeedAssessed,
    ReferralMoved,
    ReferralSent,
)
from luotsi.domain.clocks.events import ClockStarted, ClockStopped
from luotsi.domain.events import actions as events
from luotsi.domain.events.models import Event
from luotsi.domain.indicators.definitions import FACT_TABLES, CaseFact, ContactFact, FactTable
from luotsi.domain.questionnaires.events import QuestionnaireCompleted

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=HELSINKI)
NOON = datetime(2026, 4, 1, 12, tzinfo=HELSINKI)  # when the facts are read
_DIMENSIONS = {"case_kind": "health_need", "register": "health", "municipality": "765", "service": "nurse-reception"}


def day(number: int) -> datetime:
    """Nine o'clock so many days after Monday 2.3.2026."""
    return MONDAY + timedelta(days=number)


@dataclass
class Matter:
    """A resident's matter that writes its events into the record."""

    unit: str = "sotkamo"
    resident: UUID = field(default_factory=uuid4)
    case: UUID = field(default_factory=uuid4)
    contact: UUID = field(default_factory=uuid4)

    def tells(self, fact: events.Fact, at: datetime, *, corrects: UUID | None = None, **dims: str) -> Event:
        where = events.Dimensions(**{"unit": self.unit, "channel": "phone", **_DIMENSIONS, **dims})
        subject = self.contact if isinstance(fact, (ContactReceived, DemandClassed)) else self.case
        return events.record(
            fact, by=SYSTEM, at=at, subject=subject, resident=self.resident, where=where, corrects=corrects
        )

    def opens(self, at: datetime) -> None:
        self.tells(ContactReceived(), at)
        self.tells(CaseOpened(contact=self.contact), at)

    def is_assessed(self, at: datetime, outcome: str = "care_needed") -> Event:
        event = self.tells(NeedAssessed(outcome, "primary_care"), at, urgency="non_urgent", profession="nurse")
        self.tells(ClockStarted("primary_care", "PHC-3M-2025", local_day(at) + timedelta(days=90)), at)
        return event

    def books(self, at: datetime, starts: datetime) -> None:
        booking = uuid4()
        self.tells(BookingOffered(booking, starts), at)
        self.tells(BookingMade(booking, starts), at)

    def cancels(self, at: datetime, starts: datetime) -> None:
        self.tells(BookingCancelled(uuid4(), starts, "resident"), at)

    def is_visited(self, at: datetime, started: datetime) -> Event:
        event = self.tells(VisitHeld(None), at, profession="doctor")
        self.tells(ClockStopped("primary_care", "PHC-3M-2025", "met", started, local_day(at)), at)
        return event

    def closes(self, at: datetime) -> None:
        self.tells(CaseClosed("cared"), at)


def a_whole_matter(begins: int = 0, **of: Any) -> Matter:
    matter = Matter(**of)
    matter.opens(day(begins))
    matter.is_assessed(day(begins))
    matter.books(day(begins), day(begins + 3))
    matter.is_visited(day(begins + 3), day(begins))
    matter.closes(day(begins + 3))
    return matter


class History:
    """Cases that go on at random, with events that come late, twice, or correct another, also of another case."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.matters: list[Matter] = []
        self.events: list[UUID] = []
        self.corrections = self.late = self.twice = 0

    def goes_on(self) -> None:
        for _ in range(3):
            self.matters.append(self._begins(self.chance.randrange(60)))
        for matter in self.chance.choices(self.matters, k=7):
            self._something(matter)

    def _begins(self, begins: int) -> Matter:
        matter = Matter(unit=self.chance.choice(["sotkamo", "kuhmo"]))
        matter.opens(day(begins))
        if self.chance.random() < 0.8:
            self.events.append(matter.is_assessed(day(begins)).uid)
        return matter

    def _something(self, matter: Matter) -> None:
        what = self.chance.randrange(7)
        at = day(self.chance.randrange(60, 90))
        if what == 0:
            matter.opens(day(70))
            self.twice += 1
        elif what == 1:
            self.events.append(matter.is_visited(day(self.chance.randrange(-5, 60)), day(0)).uid)
            self.late += 1
        elif what == 2 and self.events:
            matter.tells(VisitHeld(None), at, corrects=self.chance.choice(self.events), unit="puolanka")
            self.corrections += 1
        elif what == 3:
            self._a_time(matter, at)
        elif what == 4:
            self._by_the_way(matter, at)
        elif what == 5:
            failure = self.chance.choice([True, False])
            matter.tells(DemandClassed("F1" if failure else "V1", failure), at)
        else:
            matter.closes(at)

    def _a_time(self, matter: Matter, at: datetime) -> None:
        """A time is booked, and kept, missed, moved or cancelled; a mark on it may be wrong."""
        booking, starts = uuid4(), at + timedelta(days=3)
        matter.tells(BookingMade(booking, starts), at)
        self.events.append(
            self.chance.choice(
                [
                    lambda: matter.tells(VisitHeld(booking, "remote"), starts, profession="nurse"),
                    lambda: matter.tells(VisitMissed(booking, "forgot"), starts),
                    lambda: matter.tells(BookingCancelled(booking, starts, "resident"), at),
                    lambda: matter.tells(BookingMoved(uuid4(), booking, starts + timedelta(days=1)), at),
                ]
            )().uid
        )

    def _by_the_way(self, matter: Matter, at: datetime) -> None:
        """What belongs to no matter, or to a thing of its own."""
        where = events.Dimensions(unit=matter.unit, service="nurse-reception", register="health")
        told: list[tuple[Any, UUID | None, UUID | None]] = [
            (VisitHeld(None, "phone"), None, matter.resident),
            (ReferralMoved("accepted", minutes=12), matter.case, matter.resident),
            (ReferralSent("physiotherapy", "fysioterapia", matter.case), matter.case, matter.resident),
            (WaitingJoined(matter.case, "nurse-reception"), matter.case, matter.resident),
            (WaitingLeft(matter.case, "nurse-reception", "offered"), matter.case, matter.resident),
            (GroupPlanned(matter.contact, "balance-group", 8, 12, 5, "2026-05-01"), matter.contact, None),
            (GroupDecided(matter.contact, "balance-group", True, 9), matter.contact, None),
            (HeadsCounted(matter.contact, 11, None), matter.contact, None),
            (NumberTaken(matter.contact, "kulkuri"), matter.contact, None),
            (NumberCalled(matter.contact, "kulkuri", 14), matter.contact, None),
            (QuestionnaireCompleted("phq9", 1, False, 7.5, uuid4()), matter.case, matter.resident),
        ]
        fact, subject, resident = self.chance.choice(told)
        event = events.record(fact, by=SYSTEM, at=at, subject=subject, resident=resident, where=where)
        if subject is None:
            self.events.append(event.uid)


_TEXTS = (
    "kind", "subject", "resident_key", "unit", "service", "case_kind", "register", "channel", "profession", "urgency",
    "municipality", "language", "outcome", "line", "rule", "mode", "reason", "cancelled_by", "questionnaire", "booking",
    "was", "entry", "offering", "demand", "route", "step", "response", "replaces", "counter", "how", "staff_key",
)  # fmt: skip
_NUMBERS = ("minutes", "wait_minutes", "people", "meetings", "places", "signed_up", "attended", "heads", "minute")
_TRUTHS = ("is_alone", "is_resident", "is_evening", "is_failure", "reached", "is_held", "danger")
SCHEMA = pa.schema(
    [
        ("event_id", pa.int64()),
        ("occurred_at", pa.timestamp("us")),
        ("local_day", pa.date32()),
        ("corrects_id", pa.int64()),
        ("due_day", pa.date32()),
        ("on_day", pa.date32()),
        ("starts_at", pa.timestamp("us")),
        ("starts_day", pa.date32()),
        ("score", pa.float64()),
        *((name, pa.string()) for name in _TEXTS),
        *((name, pa.int64()) for name in _NUMBERS),
        *((name, pa.bool_()) for name in _TRUTHS),
    ]
)


def event(number: int, kind: str, on: date, *, subject: str = "case", **columns: Any) -> dict[str, Any]:
    """A row of event_facts. `starts` is the day of a booked time."""
    starts = columns.pop("starts", None)
    clock = datetime.combine(on, datetime.min.time()) + timedelta(hours=9)
    begins = datetime.combine(starts, datetime.min.time()) if starts else None
    empty = dict.fromkeys(_TEXTS, "") | dict.fromkeys(("corrects_id", "due_day", "on_day", "score", *_NUMBERS))
    empty |= dict.fromkeys(_TRUTHS, False)
    return empty | {
        "event_id": number, "kind": kind, "occurred_at": clock, "local_day": on, "subject": subject,
        "starts_at": begins, "starts_day": starts, **columns,
    }  # fmt: skip


def told(rows: list[dict[str, Any]]) -> tuple[list[CaseFact], list[ContactFact]]:
    """The cases and contacts that these events tell of, by their keys."""
    found = tables_of(rows)
    return found["cases"], found["contacts"]


def tables_of(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """Every table that these events give, its rows by their keys."""
    with duckdb.connect(":memory:") as duck:
        duck.register("events_given", pa.Table.from_pylist(rows, schema=SCHEMA))
        duck.execute("CREATE TABLE events AS SELECT * FROM events_given")
        duck.execute("CREATE TEMP TABLE corrected AS SELECT corrects_id FROM events")
        stories.tell(duck, "events")
        return {of: _rows(duck, table) for of, table in FACT_TABLES.items()}


def _rows(duck: duckdb.DuckDBPyConnection, table: FactTable) -> list[Any]:
    found = duck.execute(f'SELECT * FROM {stories.rows_of(table)} ORDER BY "{table.key}", {table.day}')
    return [table.model(**row) for row in found.to_arrow_table().to_pylist()]


def case_of(*rows: dict[str, Any]) -> CaseFact:
    cases, _ = told(list(rows))
    return cases[0]
