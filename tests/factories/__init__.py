"""People, times and cases for tests, made by the actions that the pages call: they obey the rules, leave events."""

from datetime import date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from stdnum.fi import hetu

from luotsi.base.now import HELSINKI
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.bookings import queries as booking_queries
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import queries as organisation_queries
from luotsi.domain.organisation import rules as organisation_rules
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Resident

MORNING = datetime(2026, 3, 2, 9, 10, tzinfo=HELSINKI)  # a Monday
ANSWERS = {"what": "Polvi on kipeä", "since": "week", "phone": "040 123 4567"}
_HOMES = ("sotkamo", "asiakasohjaus", "lastensuojelu", "tietosuoja")
_number = count()


def identity_code(born: date = date(1990, 1, 1)) -> str:
    """A fresh synthetic identity code (900-999) of somebody born that day."""
    signs = {18: "+", 19: "-YXWVU", 20: "ABCDEF"}[born.year // 100]
    turn = next(_number)
    middle, individual = signs[turn // 100 % len(signs)], 900 + turn % 100
    digits = f"{born:%d%m%y}{individual}"
    return f"{born:%d%m%y}{middle}{individual}{hetu._calc_checksum(digits)}"


def _letters(number: int) -> str:
    """A number as a word, so that every name is one's own: 0 is a, 27 is bb."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)


def resident(born: date = date(1990, 1, 1), **details: Any) -> Resident:
    """A resident of Sotkamo, unless said otherwise."""
    known = {
        "first_name": "Testi",
        "last_name": f"Asukas{_letters(next(_number))}",
        "municipality": "765",
        "language": "fi",
    } | details
    return people.register(identity_code=identity_code(born), by=SYSTEM, at=MORNING, **known)


def as_who(person: Resident) -> Who:
    """The resident as the one who acts."""
    return Who(kind="resident", role="resident", id=person.id, name=f"{person.first_name} {person.last_name}")


def worker(role: str = "nurse", unit: str = "", name: str = "Testi Hoitaja") -> Who:
    """A staff member in a role and unit, as the one who acts; in Sotkamo when the role fits there."""
    organisation.load_units()
    unit = unit or next(one for one in _HOMES if organisation_rules.fits(role, one))
    staff = organisation.employ(
        id=uuid4(), name=name, unit=unit, role=role, since=date(2020, 1, 1), by=SYSTEM, at=MORNING
    )
    found = organisation_queries.staff_as_who(staff.id, on=MORNING.date())
    assert found is not None
    return found


def contact(
    person: Resident | None = None,
    *,
    unit: str = "sotkamo",
    kind: str = "health_need",
    service: str = "nurse-reception",
    at: datetime = MORNING,
    **answers: Any,
) -> Case:
    """A case that a resident's contact form opened."""
    organisation.load_units()
    person = person or resident()
    return cases.receive(
        resident=person.id, kind=kind, service=service, unit=unit, channel="form", language=person.language,
        key=uuid4(), by=as_who(person), at=at, questionnaire="contact", answers=ANSWERS | answers,
    )  # fmt: skip


def assessed(case: Case, by: Who, *, outcome: str = "care_needed", at: datetime | None = None) -> Case:
    return cases.assess(
        case=case.id, outcome=outcome, note="", key=uuid4(), by=by, at=at or case.opened_at + timedelta(hours=1)
    )


def slot(by: Who, *, starts_at: datetime, unit: str = "sotkamo", capacity: int = 1) -> UUID:
    """A free half hour in a worker's calendar."""
    row = {
        "id": uuid4(), "unit_id": unit, "staff_id": by.id, "profession": "nurse", "mode": "visit",
        "starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=30), "capacity": capacity,
    }  # fmt: skip
    bookings.open_slots([row])
    return row["id"]  # type: ignore[return-value]


def offered(case: Case, by: Who, *, starts_at: datetime, at: datetime | None = None) -> UUID:
    """A time offered to the case's resident; answers the booking."""
    place = slot(by, starts_at=starts_at, unit=case.unit_id)
    cases.offer_time(case=case.id, slot=place, key=uuid4(), by=by, at=at or case.opened_at + timedelta(hours=2))
    return case.times.order_by("-id").values_list("booking_id", flat=True)[0]


def state_of_booking(booking: UUID) -> str:
    return booking_queries.bookings([booking])[booking].state
