"""Why a worker may or may not open a resident's records: what stands between them, for whoever answers a complaint.

It decides nothing: it asks people.access, as every page does, and shows what that saw.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.people import access
from luotsi.domain.people.access import Reason
from luotsi.domain.people.definitions import consent_purposes
from luotsi.domain.people.models import Consent, Relationship, Resident
from luotsi.domain.people.queries.persons import all_ids


@dataclass(frozen=True)
class Tie:
    """A relationship of the worker or of one of their units with the resident. `unit` is "" for one in person."""

    ground: str
    register: str
    unit: str
    begins_at: datetime
    ends_at: datetime | None
    holds: bool


@dataclass(frozen=True)
class Word:
    """The resident's yes or no to one register being read by those who work in another."""

    purpose: str
    reads: str
    by: str
    is_yes: bool
    given_at: datetime
    withdrawn_at: datetime | None
    holds: bool


@dataclass(frozen=True)
class Explained:
    """`opens`: for each of the worker's roles the registers that are open now, each with its reason."""

    resident: UUID
    is_erased: bool
    has_died: bool
    opens: dict[str, dict[str, Reason]]
    ties: tuple[Tie, ...]
    words: tuple[Word, ...]


def explain(resident: UUID, *, staff: UUID, roles: Collection[Who], at: datetime) -> Explained | None:
    """What stands between a worker, in each role they have now, and a resident; None when there is no such resident.

    For the command line of those who run the system. The asking is written to the usage log.
    """
    with as_system():
        row = Resident.objects.select_related("joined_into").filter(id=resident).first()
        if row is None:
            return None
        row = row.joined_into or row
        units = {unit for who in roles for unit in who.units}
        found = Explained(
            resident=row.id,
            is_erased=row.erased_at is not None,
            has_died=row.died_on is not None,
            opens={who.role: access.registers_open(who, row.id) for who in roles},
            ties=_ties(all_ids(row.id), staff=staff, units=units, at=at),
            words=_words(all_ids(row.id), at=at),
        )
    events.saw(SYSTEM, residents=[row.id], what="log", ground="oversight")
    return found


def _ties(residents: list[UUID], *, staff: UUID, units: set[str], at: datetime) -> tuple[Tie, ...]:
    """One row for each relationship, those that hold first; the same one of two joined records once."""
    rows = Relationship.objects.filter(Q(staff_id=staff) | Q(unit__in=units), resident_id__in=residents)
    ties = {
        Tie(
            ground=row.ground,
            register=row.register,
            unit=row.unit,
            begins_at=row.begins_at,
            ends_at=row.ends_at,
            holds=row.begins_at <= at and (row.ends_at is None or row.ends_at > at),
        )
        for row in rows
    }
    return tuple(sorted(ties, key=lambda tie: (not tie.holds, tie.begins_at, tie.register, tie.ground)))


def _words(residents: list[UUID], *, at: datetime) -> tuple[Word, ...]:
    """What was said on purposes that open a register, newest first."""
    opening = [key for key, purpose in consent_purposes().items() if purpose.opens_register]
    rows = list(Consent.objects.filter(resident_id__in=residents, purpose__in=opening).order_by("-given_at"))
    valid = set(Consent.objects.in_force(local_day(at)).filter(id__in=[row.id for row in rows]).values_list("id"))
    return tuple(
        Word(
            purpose=row.purpose,
            reads=consent_purposes()[row.purpose].reads,
            by=consent_purposes()[row.purpose].by,
            is_yes=not row.is_refusal,
            given_at=row.given_at,
            withdrawn_at=row.withdrawn_at,
            holds=(row.id,) in valid,
        )
        for row in rows
    )
