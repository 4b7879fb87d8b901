"""A unit of home care for tests: a planner, workers with hours, residents at home and visits for them."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from luotsi.base.dates import start_of
from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.actions import rounding
from luotsi.domain.bookings.actions.homevisits import Wanted, ask_visits
from luotsi.domain.bookings.actions.planning import Asked, make_plan
from luotsi.domain.bookings.models import HomeVisit, RoundPlanning
from luotsi.domain.bookings.rules.plans import Draft
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Resident
from tests.factories import resident, worker

UNIT = "kotihoito"
DAY = today() + timedelta(days=3)
EVERY_DAY = "FREQ=DAILY"


def planner() -> Who:
    return worker("round-planner", UNIT, name="Piia Planner")


def carer(name: str, *, role: str = "practical-nurse", ends: time = time(15), qualified: tuple[str, ...] = ()) -> Who:
    """A worker of home care who is at work every day from seven."""
    who = worker(role, UNIT, name=name)
    draft = Draft(EVERY_DAY, time(7), ends, today(), DAY + timedelta(days=30), 30)
    asked = Asked(unit=UNIT, staff=who.id, profession=role, offerings=("home-care",), mode="home")
    make_plan(key=uuid4(), asked=asked, draft=draft, by=SYSTEM, at=now())
    for key in qualified:
        organisation.record_qualification(
            key=uuid4(), staff=who.id, qualification=key, valid_from=today() - timedelta(days=9), valid_to=None,
            by=SYSTEM, at=now(),
        )  # fmt: skip
    return who


def at_home(name: str = "Koto", *, postal_code: str = "87100", **more: Any) -> Resident:
    """A resident whom the unit cares for."""
    person = resident(first_name=name, municipality="205", **more)
    who = Who(kind="resident", role="resident", id=person.id)
    people.change_details(
        resident=person.id, by=who, at=now(), street="Esimerkkitie 1", postal_code=postal_code, town="Kajaani"
    )
    people.relate(resident=person.id, unit=UNIT, register="health", ground="team", subject=uuid4(), at=now())
    return person


def visit_of(
    person: Resident, by: Who, *, earliest: time = time(8), latest: time = time(12), days: tuple[date, ...] = (DAY,),
    offering: str = "home-care", key: UUID | None = None, **more: Any,
) -> HomeVisit:  # fmt: skip
    wanted = Wanted(offering=offering, days=days, earliest=earliest, latest=latest, **more)
    return ask_visits(resident=person.id, unit=UNIT, wanted=wanted, key=key or uuid4(), by=by, at=now())[0]


def laid(by: Who, *, day: date = DAY, at: datetime | None = None) -> RoundPlanning:
    """The rounds of the day, searched for one second."""
    planning = rounding.plan_day(unit=UNIT, day=day, key=uuid4(), by=by, at=at or now())
    rounding.search(planning.id, at=at or now(), seconds=1)
    planning.refresh_from_db()
    return planning


def moment(hour: int, minute: int = 0, *, day: date = DAY) -> datetime:
    return start_of(day, time(hour, minute))
