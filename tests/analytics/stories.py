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
from luotsi.domain.bookings.events import BookingCancelled, BookingMade, BookingOffered, VisitHeld
from luotsi.domain.cases.events import CaseClosed, CaseOpened, ContactReceived, NeedAssessed
from luotsi.domain.clocks.events import ClockStarted, ClockStopped
from luotsi.domain.events import actions as events
from luotsi.domain.events.models import Event
from luotsi.domain.indicators.definitions import CaseFact, ContactFact

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
        subject = self.contact if isinstance(fact, ContactReceived) else self.case
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
        for matter in self.chance.sample(self.matters, 3):
            self._something(matter)

    def _begins(self, begins: int) -> Matter:
        matter = Matter(unit=self.chance.choice(["sotkamo", "kuhmo"]))
        matter.opens(day(begins))
        if self.chance.random() < 0.8:
            self.events.append(matter.is_assessed(day(begins)).uid)
        return matter

    def _something(self, matter: Matter) -> None:
        what = self.chance.randrange(4)
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
        else:
            matter.closes(at)


_TEXTS = (
    "kind", "subject", "resident_key", "unit", "service", "case_kind", "register", "channel", "profession", "urgency",
    "municipality", "language", "outcome", "line", "rule", "mode", "reason", "cancelled_by",
)  # fmt: skip
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
        *((name, pa.string()) for name in _TEXTS),
    ]
)


def event(number: int, kind: str, on: date, *, subject: str = "case", **columns: Any) -> dict[str, Any]:
    """A row of event_facts. `starts` is the day of a booked time."""
    starts = columns.pop("starts", None)
    clock = datetime.combine(on, datetime.min.time()) + timedelta(hours=9)
    begins = datetime.combine(starts, datetime.min.time()) if starts else None
    empty = dict.fromkeys(_TEXTS, "") | {"corrects_id": None, "due_day": None, "on_day": None}
    return empty | {
        "event_id": number, "kind": kind, "occurred_at": clock, "local_day": on, "subject": subject,
        "starts_at": begins, "starts_day": starts, **columns,
    }  # fmt: skip


def told(rows: list[dict[str, Any]]) -> tuple[list[CaseFact], list[ContactFact]]:
    """The cases and contacts that these events tell of, by their keys."""
    with duckdb.connect(":memory:") as duck:
        table = pa.Table.from_pylist(rows, schema=SCHEMA)
        duck.register("events_given", table)
        duck.execute("CREATE TABLE events AS SELECT * FROM events_given")
        duck.execute("CREATE TEMP TABLE corrected AS SELECT corrects_id FROM events")
        stories.tell(duck, "events")
        cases = duck.execute('SELECT * FROM case_rows ORDER BY "case"').to_arrow_table().to_pylist()
        contacts = duck.execute("SELECT * FROM contact_rows ORDER BY contact").to_arrow_table().to_pylist()
    return [CaseFact(**row) for row in cases], [ContactFact(**row) for row in contacts]


def case_of(*rows: dict[str, Any]) -> CaseFact:
    cases, _ = told(list(rows))
    return cases[0]
