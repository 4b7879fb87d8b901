"""The matters under way when one walks in: the cast's own, and a worklist at Sotkamo in every state of a clock.

They are made by the same actions as a real person's, at moments of the last weeks, so they obey the same rules.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

import numpy as np

from luotsi.base.dates import add_working_days, is_office_time, is_working_day, start_of
from luotsi.base.now import in_helsinki, local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.demo import answered, cast, granted, household, ids, morning, sent_on, story
from luotsi.demo.residents import Residents
from luotsi.domain.bookings import queries as bookings
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.queries import read_case
from luotsi.domain.clocks import actions as clocks
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries as persons

NELLI, HELMI = cast.MEMBERS["nelli"].as_who(), cast.MEMBERS["helmi"].as_who()
_SPACE = UUID("0d3c0000-0000-4000-9000-000000000000")
_SOTKAMO = "765"


@dataclass(frozen=True)
class Told:
    """What somebody writes, and where it arrives."""

    what: str
    unit: str
    service: str


@dataclass(frozen=True)
class Waiting:
    """One matter on Sotkamo's list: so long ago, or so many working days back at an hour."""

    told: str
    service: str = "nurse-reception"
    ago: timedelta | None = None
    days: int = 0
    hour: float = 0.0
    is_young: bool = False
    by_phone: bool = False


# New and not yet assessed: the latest by the minute, and two that were left over.
NEW = (
    Waiting("Korvaan koskee ja kuulo tuntuu tukkoiselta. Kuumetta ei ole.", ago=timedelta(minutes=9)),
    Waiting("Kuume on jatkunut neljättä päivää, juon kuitenkin hyvin.", ago=timedelta(minutes=26), is_young=True),
    Waiting("Haava sääressä ei parane, reunat punoittavat.", ago=timedelta(minutes=48)),
    Waiting("Verenpainelääke loppuu ensi viikolla.", ago=timedelta(hours=1, minutes=25), by_phone=True),
    Waiting("Virtsaaminen kirvelee, alkoi eilen illalla.", ago=timedelta(hours=2, minutes=10)),
    Waiting("Huimaa noustessa, kaksi kertaa melkein kaaduin.", service="doctor-reception", ago=timedelta(hours=13)),
    Waiting("Ihottuma kainalossa kutisee ja leviää.", ago=timedelta(hours=15, minutes=30)),
    Waiting("Olkapää on kipeä kaaduttuani, käsi nousee huonosti.", days=1, hour=14.6),
    Waiting("Vatsa on ollut sekaisin kaksi viikkoa, paino on laskenut.", service="doctor-reception", days=2, hour=9.3),
)


@dataclass(frozen=True)
class Scene:
    """Where and when it is played: the present moment, who lives around, and a nurse at Kuhmo."""

    at: datetime
    neighbours: "Neighbours"
    kuhmo: Who

    def before(self, ago: timedelta) -> datetime:
        """So long ago by the clock that never changes, so that the night when summer time begins is no trap."""
        return in_helsinki(self.at.astimezone(UTC) - ago)

    def hour(self, working_days_ago: int, hour: float) -> datetime:
        """That time of day so many working days before today."""
        day = local_day(self.at)
        for _ in range(working_days_ago):
            day -= timedelta(days=1)
            while not is_working_day(day):
                day -= timedelta(days=1)
        return start_of(day) + timedelta(hours=hour)

    def morning(self, days_ago: int) -> datetime:
        """A working morning about so many days ago."""
        day = local_day(self.at) - timedelta(days=days_ago)
        return start_of(day if is_working_day(day) else add_working_days(day, 1)) + timedelta(hours=9)


def begin(residents: Residents, kuhmo: Who, *, at: datetime) -> None:
    """The cast and what is under way with them; needs units, staff and free times."""
    _register_cast(at=at - timedelta(days=30 * story.MONTHS))
    scene = Scene(at, Neighbours(residents, at), kuhmo)
    _of_veera(scene)
    _of_gunvor(scene)
    _of_amira(scene)
    new = [_new(scene, number, waiting) for number, waiting in enumerate(NEW)]
    assessed = _under_way(scene)
    household.settle(at=at)
    sent_on.begin(at=at)
    answered.begin(at=at)
    morning.begin(new, assessed, scene.neighbours.child, at=at)
    granted.begin([scene.neighbours.next(is_young=False) for _ in range(6)], at=at)
    clocks.tick(at=at)


def _register_cast(*, at: datetime) -> None:
    for member in cast.RESIDENTS:
        people.register(
            identity_code=member.identity_code, by=SYSTEM, at=at, id=member.id, first_name=member.first_name,
            last_name=member.last_name, municipality=member.municipality, language=member.language,
            mail=f"{member.key}@example.org", phone=f"040 000 9{member.individual}",
        )  # fmt: skip


def _of_veera(scene: Scene) -> None:
    """An old matter, done with. The one of the walk is yet to come."""
    veera = cast.VEERA.as_who()
    told = Told("Nilkka vääntyi lenkillä.", "sotkamo", "nurse-reception")
    case = _receive(veera, told, scene.hour(43, 9.2), resident=cast.VEERA.id, key="veera")
    _need(case, NELLI, scene.hour(43, 9.9), "veera")
    cases.record_visit(case=case, note="Tuettu, ohjeet annettu.", by=NELLI, at=scene.hour(43, 13.5))
    cases.close(case=case, reason="cared", by=NELLI, at=scene.hour(43, 13.8))


def _of_gunvor(scene: Scene) -> None:
    """A time is offered; she has not answered."""
    told = Told("Underprotesen skaver och lossnar när jag äter.", "suun-kajaani", "older-oral-check")
    case = _receive(cast.GUNVOR.as_who(), told, scene.hour(38, 10.1), resident=cast.GUNVOR.id, key="gunvor")
    _need(case, HELMI, scene.hour(38, 11), "gunvor")
    _offer(case, HELMI, told.unit, offered=scene.hour(1, 10.5), after=scene.at + timedelta(days=3), key="gunvor")


def _of_amira(scene: Scene) -> None:
    """Under 23, with a booked time."""
    amira = cast.AMIRA.as_who()
    told = Told("My knee hurts when I run and it is swollen in the evenings.", "kuhmo", "nurse-reception")
    case = _receive(amira, told, scene.hour(4, 9), resident=cast.AMIRA.id, key="amira")
    _need(case, scene.kuhmo, scene.hour(4, 10.2), "amira")
    booking = _offer(
        case, scene.kuhmo, told.unit, offered=scene.hour(4, 10.5), after=scene.at + timedelta(days=1), key="amira"
    )
    cases.answer_offer(case=case, booking=booking, accepts=True, by=amira, at=scene.hour(4, 12.1))


def _new(scene: Scene, number: int, waiting: Waiting) -> UUID:
    received = scene.before(waiting.ago) if waiting.ago else scene.hour(waiting.days, waiting.hour)
    return _receive_neighbour(scene, waiting, f"new {number}", received)


def _under_way(scene: Scene) -> list[UUID]:
    """Assessed at Sotkamo: due soon, promised too late, overdue, cared for and not closed."""
    soon = _assessed(scene, Waiting("Uni on ollut katkonaista koko syksyn.", is_young=True), "soon", scene.morning(12))
    late = _assessed(scene, Waiting("Selkä jumittaa, istuminen sattuu.", is_young=True), "late", scene.morning(9))
    over = _assessed(scene, Waiting("Polvi turpoaa treeneissä.", is_young=True), "over", scene.morning(20))
    seen = _assessed(scene, Waiting("Kämmenen haava, tikkien poisto."), "seen", scene.hour(2, 8.2))
    _offer(late, NELLI, "sotkamo", offered=scene.hour(1, 11.2), after=scene.at + timedelta(days=15), key="late")
    _offer(over, NELLI, "sotkamo", offered=scene.hour(1, 14.1), after=scene.at + timedelta(days=2), key="over")
    cases.record_visit(case=seen, note="Tikit poistettu, haava siisti.", by=NELLI, at=scene.hour(2, 13.2))
    return [soon, late, over, seen]


def _assessed(scene: Scene, waiting: Waiting, key: str, received: datetime) -> UUID:
    case = _receive_neighbour(scene, waiting, key, received)
    _need(case, NELLI, received + timedelta(minutes=70), key)
    return case


def _receive_neighbour(scene: Scene, waiting: Waiting, key: str, received: datetime) -> UUID:
    resident = scene.neighbours.next(is_young=waiting.is_young)
    by = NELLI if waiting.by_phone and is_office_time(received) else Who(kind="resident", role="resident", id=resident)
    return _receive(by, Told(waiting.told, "sotkamo", waiting.service), received, resident=resident, key=key)


def _receive(by: Who, told: Told, at: datetime, *, resident: UUID, key: str) -> UUID:
    """A form when the resident writes, a phone call when a worker does."""
    person = persons.person(resident)
    answers = {"what": told.what, "since": "week", "wish": "any", "phone": person.phone}
    case = cases.receive(
        resident=resident,
        kind="oral_need" if told.unit.startswith("suun") else "health_need",
        service=told.service,
        unit=told.unit,
        channel="form" if by.is_resident else "phone",
        language=person.language,
        key=_key(key),
        questionnaire="contact" if by.is_resident else "",
        answers=answers if by.is_resident else None,
        by=by,
        at=at,
    )
    return case.id


def _need(case: UUID, by: Who, at: datetime, key: str) -> None:
    note = "Kiireetön hoidon tarve, ei hälyttäviä oireita."
    cases.assess(case=case, outcome="care_needed", note=note, key=_key(f"{key} need"), by=by, at=at)


def _offer(case: UUID, by: Who, unit: str, *, offered: datetime, after: datetime, key: str) -> UUID:
    """Offer the first free time after a moment; answers the booking."""
    last = after + timedelta(weeks=story.SLOTS_AHEAD_WEEKS)
    first = bookings.free_slots(unit=unit, after=after, before=last, limit=1)[0]
    cases.offer_time(case=case, slot=first.id, key=_key(f"{key} offer"), by=by, at=offered)
    time = read_case(case, viewer=by, language="fi", at=offered).waiting_time
    if time is None:
        raise LookupError(f"the time just offered to {key!r} is not there")
    return time.id


class Neighbours:
    """Residents of Sotkamo, none of them twice: the young in one row, teenagers first, grown-ups in the other.

    Where few live there, those of other municipalities come after them.
    """

    def __init__(self, residents: Residents, at: datetime) -> None:
        self._ids = residents.ids
        here = residents.municipality == residents.municipalities.index(_SOTKAMO)
        self._age = {row: (local_day(at) - born).days / 365.25 for row, born in enumerate(residents.born)}
        near = [int(row) for row in np.flatnonzero(here)]
        far = [int(row) for row in np.flatnonzero(~here)]
        self._young = [*self._row(far, 0, 22), *self._row(near, 0, 22)]
        self._grown = [*self._row(far, 24, 200), *self._row(near, 24, 200)]

    def next(self, *, is_young: bool) -> UUID:
        """Whoever comes next, the nearest last in the row."""
        row = (self._young or self._grown) if is_young else (self._grown or self._young)
        return ids.one(self._ids, row.pop())

    def child(self, is_free: Callable[[UUID], bool]) -> UUID:
        """A child under 17 of whom nothing is under way that this would meet."""
        found = next(row for row in reversed(self._young) if self._age[row] < 17 and is_free(ids.one(self._ids, row)))
        self._young.remove(found)
        return ids.one(self._ids, found)

    def _row(self, among: list[int], least: int, under: int) -> list[int]:
        found = [row for row in among if least <= self._age[row] < under]
        return sorted(found, key=lambda row: (self._age[row] >= 12, row)) if under < 24 else found


def _key(name: str) -> UUID:
    return uuid5(_SPACE, name)
