"""Times that a resident of the demonstration may choose alone, planned as a manager plans them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from luotsi.base.ids import new_id
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM
from luotsi.demo import cast
from luotsi.domain.bookings.actions import keeping
from luotsi.domain.bookings.actions.planning import Asked, make_plan
from luotsi.domain.bookings.actions.things import add_thing
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.models import Booking
from luotsi.domain.bookings.queries import searching
from luotsi.domain.bookings.queries.searching import Wanted
from luotsi.domain.bookings.rules.own import Booker
from luotsi.domain.bookings.rules.plans import Draft
from luotsi.domain.bookings.rules.series import Free, propose
from luotsi.domain.organisation import actions as organisation

_AHEAD = timedelta(days=42)
_WEEKDAYS, _TWO_EVENINGS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;BYDAY=TU,TH"


@dataclass(frozen=True)
class _Planned:
    """Beside the working day of 8 to 16, which the story fills."""

    worker: str
    profession: str
    offering: str
    mode: str
    recurrence: str
    begins: time
    ends: time
    minutes: int
    buffer: int = 0


_PLANS = (
    _Planned("nelli", "nurse", "nurse-phone", "phone", _WEEKDAYS, time(7, 20), time(8, 0), 10),
    _Planned("nelli", "nurse", "evening-reception", "visit", _TWO_EVENINGS, time(16, 20), time(18, 40), 20),
    # Right after the last evening time: both are done at one visit.
    _Planned("nelli", "nurse", "school-health", "visit", _TWO_EVENINGS, time(18, 45), time(19, 30), 45),
    _Planned(
        "petri", "physiotherapist", "physio-direct", "visit", _TWO_EVENINGS, time(16, 15), time(18, 45), 45, buffer=5
    ),
)


_ROOMS = ("Huone 1", "Huone 2", "Huone 3", "Huone 4", "Huone 5", "Toimenpidehuone")


def furnish(*, at: datetime) -> None:
    """The rooms and things of the health station, and what its nurse is qualified for besides her profession."""
    nelli = cast.MEMBERS["nelli"]
    listed = [("room", "", name) for name in _ROOMS] + [("equipment", "ecg", "EKG-laite")]
    for kind, sort, name in listed:
        add_thing(key=new_id(), unit=nelli.unit, kind=kind, type=sort, name=name, by=SYSTEM, at=at)
    for key in ("memory", "vaccination", "public-health-nurse"):
        organisation.record_qualification(
            key=new_id(), staff=nelli.id, qualification=key, valid_from=local_day(at) - _AHEAD, valid_to=None,
            by=SYSTEM, at=at,
        )  # fmt: skip


def book_a_series(*, at: datetime) -> tuple[Booking, ...]:
    """Aili comes to the nurse on three evenings, a week apart, booked as one."""
    offering = offerings()["evening-reception"]
    wanted = Wanted(offering, after=at + timedelta(days=9), before=at + timedelta(days=40), units=["sotkamo"])
    found = searching.rounds(wanted, number=3, every_days=7)
    rounds = [[Free(one.id, one.starts_at, one.staff) for one in free] for free in found]
    if not rounds:
        return ()
    slots = [slot for slot in propose(rounds, rounds[0][0], every_days=7) if slot]
    return keeping.keep(
        slots=slots, resident=cast.MEMBERS["aili"].id, offering=offering.key, key=new_id(), by=SYSTEM, at=at,
        booker=Booker(is_staff=True), at_once=True,
    )  # fmt: skip


def make(*, at: datetime) -> int:
    """Plan the weeks ahead; answers how many times were made."""
    furnish(at=at)
    today, made = local_day(at), 0
    for planned in _PLANS:
        member = cast.MEMBERS[planned.worker]
        draft = Draft(
            planned.recurrence, planned.begins, planned.ends, today, today + _AHEAD, planned.minutes, planned.buffer
        )
        asked = Asked(
            unit=member.unit,
            staff=member.id,
            profession=planned.profession,
            offerings=(planned.offering,),
            mode=planned.mode,
        )
        made += make_plan(key=new_id(), asked=asked, draft=draft, by=SYSTEM, at=at)[1]
    book_a_series(at=at)
    return made
