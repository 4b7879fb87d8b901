"""What happened in the matters that go stage by stage, as events: the same as the nouns' actions would have told."""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from luotsi.demo.chronicle import SYSTEM, URGENCIES, Happening
from luotsi.demo.days import NEVER
from luotsi.demo.stage_rows import Place, StageRows, judgement, of_clock
from luotsi.domain.cases.definitions.contacts import demands
from luotsi.domain.clocks.actions.reading import ReadClock

_ORDER = {
    "contact.received": 2, "case.opened": 3, "contact.joined": 3, "clock.started": 4, "demand.classed": 9,
    "case.handed_over": 8, "case.closed": 13, "clock.stopped": 14, "clock.missed": 1,
}  # fmt: skip
_JUDGED = 5
_KEEPS_NO_PROFESSION = {"contact.received"}


@dataclass(frozen=True)
class Told:
    """One event. `contact` is the place of the contact it is about; None: it is about the case."""

    kind: str
    at: int
    body: dict[str, Any]
    place: Place
    contact: int | None = None
    urgency: str = ""
    is_system: bool = False


def happened(rows: StageRows) -> list[Happening]:
    """Every event, kind by kind."""
    by_kind: dict[tuple[str, bool], list[Told]] = defaultdict(list)
    for place in rows.places:
        for one in _of_matter(rows, place):
            by_kind[one.kind, one.contact is not None].append(one)
    return [_happening(rows, kind, told) for (kind, _), told in by_kind.items()]


def _of_matter(rows: StageRows, place: Place) -> Iterator[Told]:
    matter = place.matter
    yield from _came(rows, place)
    for one in matter.judged:
        kind, body = judgement(matter, one)
        yield Told(kind, one.at, body, place, urgency="urgent" if body["outcome"] == "urgent" else "non_urgent")
    for party in matter.informed:
        yield Told("party.told", party.at, {"party": party.party}, place)
    if matter.taken < NEVER:
        yield Told("case.handed_over", matter.taken, {"to": rows.worker(place), "unit": rows.unit(place)}, place)
    if matter.closed < NEVER:
        yield Told("case.closed", matter.closed, {"reason": matter.reason}, place)
    for clock in rows.clocks_of[place.number]:
        yield from _of_clock(rows, place, clock)


def _came(rows: StageRows, place: Place) -> Iterator[Told]:
    matter = place.matter
    for number, came in enumerate(matter.came):
        contact = place.first_contact + number
        yield Told("contact.received", came.at, {"danger": False}, place, contact=contact)
        named = {"contact": rows.contact(place, number)}
        if number:
            yield Told("contact.joined", came.at, named, place)
        else:
            known = {"kind_version": matter.kind.version, "conditions": matter.conditions}
            yield Told("case.opened", came.at, {**named, **known}, place)
        demand, at = rows.demand(place, number)
        if demand:
            body = {"demand": demand, "is_failure": demands()[demand].is_failure, "suggested": ""}
            yield Told("demand.classed", at, body, place, contact=contact)


def _of_clock(rows: StageRows, place: Place, clock: ReadClock) -> Iterator[Told]:
    for kind, at, body, is_system in of_clock(rows.told.days, clock):
        yield Told(kind, at, body, place, is_system=is_system)


def _happening(rows: StageRows, kind: str, told: list[Told]) -> Happening:
    matters = [one.place.matter for one in told]
    bodies = pa.array([json.dumps(one.body) for one in told])
    seats = np.array([matter.seat for matter in matters])
    contacts = [one.contact for one in told if one.contact is not None]
    subject = (rows.contact_ids, np.array(contacts)) if contacts else (rows.case_ids, _numbers(told))
    urgency = np.array([URGENCIES.index(one.urgency) if one.urgency else -1 for one in told])
    return Happening(
        kind, _ORDER.get(kind, _JUDGED), np.array([one.at for one in told]),
        resident=np.array([matter.resident for matter in matters]),
        actor=np.array([SYSTEM if one.is_system else one.place.matter.seat for one in told]),
        body=lambda which: bodies.take(pa.array(which)),
        unit=np.array([matter.unit for matter in matters]), service=np.array([matter.service for matter in matters]),
        subject=subject, channel=np.array([matter.came[0].channel for matter in matters]), urgency=urgency,
        keeps_profession=kind not in _KEEPS_NO_PROFESSION, told_as=seats,
    )  # fmt: skip


def _numbers(told: list[Told]) -> np.ndarray:
    return np.array([one.place.number for one in told])
