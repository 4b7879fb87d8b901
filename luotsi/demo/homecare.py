"""Home care of the demonstration: its workers with their hours, and visits for today and the two days ahead.

Today and tomorrow are laid and told; the day after waits for its planner. One visit finds no place, and says why.
"""

from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

import numpy as np

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.demo import cast, ids
from luotsi.demo.residents import Residents
from luotsi.domain.bookings.actions import rounding
from luotsi.domain.bookings.actions.homevisits import Wanted, ask_visits
from luotsi.domain.bookings.actions.planning import Asked, make_plan
from luotsi.domain.bookings.actions.roundtimes import give_times
from luotsi.domain.bookings.rules.plans import Draft
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import definitions
from luotsi.domain.people import actions as residents

UNIT = "kotihoito"
_SPACE = UUID("0d3c0000-0000-4000-9000-00000000ca4e")
_HOME, _REACH = (7_123_000, 535_200), 7_000  # metres around the middle of Kajaani
_STREETS = ("Esimerkkitie", "Mallikatu", "Kuvakuja", "Näytepolku")
_AHEAD = timedelta(days=60)
_EVERY_DAY = "FREQ=DAILY"
_MORNING, _NOON, _ANY = (time(8), time(10)), (time(11), time(13)), (time(8), time(13))
_KINDS: tuple[tuple[str, str, tuple[time, time]], ...] = (
    ("home-care", "usual", _MORNING), ("home-medication", "give", _MORNING), ("home-care", "wash", _ANY),
    ("home-care", "short", _NOON), ("home-wound", "dressing", _ANY), ("home-care", "usual", _NOON),
)  # fmt: skip
_OTHERS = (
    (1, "practical-nurse", ("medication",)),
    (2, "practical-nurse", ()),
    (3, "nurse", ("wound-care", "medication")),
)


def make(rng: np.random.Generator, people: Residents, *, at: datetime) -> int:
    """Workers, hours and visits; answers how many visits were asked for."""
    today = local_day(at)
    morning = min(at, start_of(today, time(5)))
    lauri = cast.MEMBERS["lauri"].id
    staff = [lauri, *(_employed(number, role, morning) for number, role, _ in _OTHERS)]
    roles = ["practical-nurse", *(role for _, role, _ in _OTHERS)]
    for one, role in zip(staff, roles, strict=True):
        draft = Draft(_EVERY_DAY, time(7), time(15), today, today + _AHEAD, 30)
        asked = Asked(unit=UNIT, staff=one, profession=role, offerings=("home-care",), mode="home")
        make_plan(key=uuid5(_SPACE, f"plan {one}"), asked=asked, draft=draft, by=SYSTEM, at=morning)
    for one, keys in zip(staff, [("medication",), *(keys for _, _, keys in _OTHERS)], strict=True):
        for key in keys:
            organisation.record_qualification(
                key=uuid5(_SPACE, f"{key} {one}"), staff=one, qualification=key,
                valid_from=today - timedelta(days=300), valid_to=None, by=SYSTEM, at=morning,
            )  # fmt: skip
    days = [today, today + timedelta(days=1), today + timedelta(days=2)]
    asked_for = _ask(rng, _elderly(people), staff, days, morning)
    for day in days[:2]:
        _lay(day, morning)
    return asked_for


def _employed(number: int, role: str, at: datetime) -> UUID:
    staff = uuid5(_SPACE, f"worker {number}")
    name = f"{definitions.roles()[role].name.fi} {number}"
    organisation.employ(
        id=staff, name=name, unit=UNIT, role=role, since=local_day(at) - timedelta(days=400), by=SYSTEM, at=at
    )
    return staff


def _elderly(people: Residents) -> list[UUID]:
    """Gunvor, and the oldest people of Kajaani."""
    kajaani = people.municipalities.index("205")
    here = np.flatnonzero(people.municipality == kajaani)
    oldest = here[np.argsort(people.born_day[here], kind="stable")][:13]
    return [cast.GUNVOR.id, *(ids.one(people.ids, int(row)) for row in oldest)]


def _ask(rng: np.random.Generator, homes: list[UUID], staff: list[UUID], days: list[date], at: datetime) -> int:
    count = 0
    for number, person in enumerate(homes):
        who = Who(kind="resident", role="resident", id=person)
        street = f"{_STREETS[number % len(_STREETS)]} {2 * number + 1}"
        residents.change_details(resident=person, by=who, at=at, street=street, postal_code="87100", town="Kajaani")
        offering, reason, (earliest, latest) = _KINDS[number % len(_KINDS)]
        north, east = (int(base + move) for base, move in zip(_HOME, rng.uniform(-_REACH, _REACH, 2), strict=True))
        wanted = Wanted(
            offering=offering, reason=reason, days=days, earliest=earliest, latest=latest, point=(north, east),
            own_worker=staff[number % 3] if number % 2 == 0 else None,
        )  # fmt: skip
        count += len(ask_visits(
            resident=person, unit=UNIT, wanted=wanted, key=uuid5(_SPACE, f"visit {person}"), by=SYSTEM, at=at
        ))  # fmt: skip
    late = Wanted(offering="home-nursing", reason="infusion", days=days[1:], earliest=time(15), latest=time(16))
    key = uuid5(_SPACE, f"evening {homes[1]}")
    return count + len(ask_visits(resident=homes[1], unit=UNIT, wanted=late, key=key, by=SYSTEM, at=at))


def _lay(day: date, at: datetime) -> None:
    planner = cast.MEMBERS["kirsti"].as_who()
    planning = rounding.plan_day(unit=UNIT, day=day, key=uuid5(_SPACE, f"plan {day}"), by=planner, at=at)
    rounding.search(planning.id, at=at, seconds=1)
    give_times(unit=UNIT, day=day, by=planner, at=at)
