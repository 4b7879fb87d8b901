"""Who works in the units: the cast where it has a place, otherwise a role and a number."""

from datetime import date, datetime, timedelta

import numpy as np

from luotsi.base.who import SYSTEM
from luotsi.demo import cast, ids, story
from luotsi.demo.calendars import PROFESSIONS, Seat, Seats
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.organisation import definitions

_BEFORE = timedelta(days=400)  # everybody had been employed for a year when the story begins


def employ(rng: np.random.Generator, seats: Seats, *, since: date, at: datetime) -> ids.Ids:
    """A worker for every seat; answers their identifiers in the order of the seats. The rest of the cast comes too."""
    staff = ids.draw(rng, len(seats.seats))
    named = {(worker.unit, worker.profession): worker for worker in reversed(cast.WORKERS) if worker.profession}
    began = since - _BEFORE
    for place, seat in enumerate(seats.seats):
        unit, profession = story.UNITS[seat.unit].unit, PROFESSIONS[seat.profession]
        worker = named.get((unit, profession)) if seat.number == 1 else None
        if worker:
            staff[place] = np.frombuffer(worker.id.bytes, dtype=np.uint8)
            continue
        name = _name(seat, profession)
        organisation.employ(
            id=ids.one(staff, place), name=name, unit=unit, role=profession, since=began, by=SYSTEM, at=at
        )
    for worker in cast.WORKERS:
        mail = f"{worker.key}@example.org"
        organisation.employ(
            id=worker.id, name=worker.name, unit=worker.unit, role=worker.role, since=began, by=SYSTEM, at=at, mail=mail
        )
    return staff


def _name(seat: Seat, profession: str) -> str:
    """ "Sairaanhoitaja 2": nobody invented, nobody meant."""
    return f"{definitions.roles()[profession].name.fi} {seat.number}"
