"""What stands out in the log: a worker and somebody near to them, many emergencies, many refusals, nights, long days.

None of it is proof of anything: a nurse in a small town treats her neighbours. It is where a privacy officer begins.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.events.queries import patterns as log
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people.models import Relationship, Resident

Kind = Literal["oneself", "surname", "address", "colleague", "emergency", "refused", "night", "many"]
KINDS: tuple[Kind, ...] = ("oneself", "surname", "address", "colleague", "emergency", "refused", "night", "many")
FEW = 3  # so many emergencies or refusals by one worker in the window are no accident
MANY = 3.0  # times one's own median day
LONG_DAY = 20  # residents in a day below which nothing is said


@dataclass(frozen=True)
class Unusual:
    """One finding. `resident` is None where it is about the worker alone: then `people` is of how many different ones.

    `median` only for `many`.
    """

    kind: Kind
    actor: UUID
    actor_name: str
    resident: UUID | None
    resident_name: str
    times: int
    last_at: datetime
    grounds: tuple[str, ...] = ()
    median: float = 0
    people: int = 1


@dataclass(frozen=True)
class _Near:
    """What is known of a resident for telling who is near to whom."""

    name: str
    surname: str
    home: tuple[str, str]
    works_as: UUID | None


def unusual(*, viewer: Who, since: datetime, until: datetime) -> list[Unusual]:
    """Everything that stands out between two moments, the kinds in their order, the latest first in each.

    Raises NotAllowed. Whose names are shown is logged.
    """
    check_may(viewer, "oversight.read")
    with as_system():
        pairs = log.pairs(since=since, until=until)
        staff = _homes()
        near = _near({pair.resident for pair in pairs})
        found = [*_near_ones(pairs, near, staff), *_alone(since, until)]
    names = organisation.names_of({one.actor for one in found})
    named = [Unusual(**{**vars(one), "actor_name": names.get(one.actor, "")}) for one in found]
    shown = {one.resident for one in named if one.resident}
    events.saw(viewer, residents=shown, what="log", ground="oversight")
    return sorted(named, key=lambda one: (KINDS.index(one.kind), -one.last_at.timestamp()))


def _near_ones(pairs: Iterable[log.Pair], near: dict[UUID, _Near], staff: dict[UUID, _Near]) -> Iterator[Unusual]:
    names = organisation.names_of({pair.actor for pair in pairs})
    for pair in pairs:
        whose = near.get(pair.resident)
        if whose is None:
            continue
        kind = _nearness(pair.actor, names.get(pair.actor, ""), whose, staff)
        if kind:
            yield Unusual(kind, pair.actor, "", pair.resident, whose.name, pair.times, pair.last_at, pair.grounds)


def _nearness(actor: UUID, actor_name: str, whose: _Near, staff: dict[UUID, _Near]) -> Kind | None:
    """The nearest of the ways in which a resident is near to a worker."""
    own = staff.get(actor)
    surname = own.surname if own else actor_name.split(" ")[-1].casefold()
    if whose.works_as == actor:
        return "oneself"
    if surname and whose.surname == surname:
        return "surname"
    if own and all(own.home) and whose.home == own.home:
        return "address"
    return "colleague" if whose.works_as else None


def _alone(since: datetime, until: datetime) -> Iterator[Unusual]:
    """What is about a worker alone: emergencies, refusals, nights, and days with many residents."""
    opened = Relationship.objects.filter(ground="emergency", begins_at__gte=since, begins_at__lt=until)
    yield from _often("emergency", opened.values_list("staff_id", "begins_at", "resident_id"), at_least=FEW)
    for refused in log.refusals(since=since, until=until):
        if refused.times >= FEW:
            yield Unusual(
                "refused", refused.actor, "", None, "", refused.times, refused.last_at, people=refused.residents
            )
    nights = [
        (line.actor_id, line.at, line.resident) for line in log.at_night(since=since, until=until) if line.actor_id
    ]
    yield from _often("night", nights, at_least=1)
    last = until - timedelta(microseconds=1)
    for busy in log.residents_a_day(local_day(last)):
        if busy.days and busy.residents >= max(LONG_DAY, MANY * busy.median):
            yield Unusual(
                "many", busy.actor, "", None, "", busy.residents, last, median=busy.median, people=busy.residents
            )


def _often(kind: Kind, happened: Iterable[tuple[UUID, datetime, UUID | None]], *, at_least: int) -> Iterator[Unusual]:
    """Each worker to whom it happened so many times, with the last time and the number of different residents."""
    by_actor: dict[UUID, list[tuple[datetime, UUID | None]]] = {}
    for actor, at, resident in happened:
        by_actor.setdefault(actor, []).append((at, resident))
    for actor, times in by_actor.items():
        if len(times) >= at_least:
            residents = {resident for _, resident in times} - {None}
            last = max(at for at, _ in times)
            yield Unusual(kind, actor, "", None, "", len(times), last, people=len(residents))


def _near(residents: set[UUID]) -> dict[UUID, _Near]:
    return {row.id: _of(row) for row in Resident.objects.filter(id__in=residents)}


def _homes() -> dict[UUID, _Near]:
    """Workers who are the county's residents too, by their staff id."""
    return {row.works_as_id: _of(row) for row in Resident.objects.filter(works_as__isnull=False)}


def _of(row: Resident) -> _Near:
    home = (row.street.casefold().strip(), row.postal_code.strip())
    return _Near(f"{row.first_name} {row.last_name}", row.last_name.casefold(), home, row.works_as_id)
