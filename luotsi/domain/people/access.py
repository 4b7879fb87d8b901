"""Why somebody may see a resident's data: a relationship first, then the register, then consent. Deny by default.

One place decides; row-level security in PostgreSQL repeats it (see cases/migrations).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from luotsi.base.now import local_day, now
from luotsi.base.who import Who
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people.models import Consent, Relationship
from luotsi.domain.people.models.relationship import RelationshipQuerySet


@dataclass(frozen=True)
class Reason:
    """Why a record of one register is open to a viewer. `ground` is a key of content/grounds."""

    ground: str
    register: str
    since: datetime | None = None
    until: datetime | None = None


def relationship_of(viewer: Who, resident: UUID, *, register: str = "", at: datetime | None = None) -> Reason | None:
    """The strongest reason for which this viewer may see this resident's data, of a register or of any; else None."""
    at = at or now()
    if viewer.is_resident:
        return _own_reason(viewer, resident, register)
    if not viewer.is_staff:
        return Reason("legal", register) if viewer.kind == "system" else None
    held = _held(viewer, resident, at)
    own = next((reason for reason in held if register in {"", reason.register}), None)
    return own or _by_consent(held, resident, at).get(register)


def check_relationship(viewer: Who, resident: UUID, *, register: str = "") -> Reason:
    """Raises NotAllowed when there is none: the page then answers as if nobody were there."""
    reason = relationship_of(viewer, resident, register=register)
    if reason is None:
        raise NotAllowed("no relationship with this resident")
    return reason


def relationships(viewer: Who, *, at: datetime | None = None) -> RelationshipQuerySet:
    """The relationships in force that open records to this worker, on the grounds their role knows."""
    role = organisation.roles().get(viewer.role)
    grounds = role.grounds if role else ()
    return Relationship.objects.of(viewer, at or now()).filter(ground__in=grounds)


def known_in_person(viewer: Who) -> frozenset[UUID]:
    """The residents with whom the worker has a relationship besides those of their units."""
    role = organisation.roles().get(viewer.role)
    own = Relationship.objects.in_force(now()).filter(staff_id=viewer.id, ground__in=role.grounds if role else ())
    return frozenset(own.order_by().values_list("resident_id", flat=True)) if viewer.id else frozenset()


def open_to(viewer: Who, *, register: str = "register", resident: str = "resident_id") -> Q:
    """A condition on rows that carry a resident and a register: those that this viewer may see."""
    if viewer.kind == "system":
        return Q()
    if viewer.is_resident:
        own = Q(**{f"{resident}__in": list(viewer.own_ids)})
        return own if viewer.registers is None else own & Q(**{f"{register}__in": list(viewer.registers)})
    mine = relationships(viewer).filter(resident_id=OuterRef(resident))
    consents = Consent.objects.in_force(local_day(now())).filter(
        resident_id=OuterRef(OuterRef(resident)), is_refusal=False, reads_register=OuterRef(OuterRef(register))
    )
    by_consent = mine.exclude(ground="emergency").filter(Exists(consents.filter(for_register=OuterRef("register"))))
    return Q(Exists(mine.filter(register=OuterRef(register)))) | Q(Exists(by_consent))


def registers_open(viewer: Who, resident: UUID) -> dict[str, Reason]:
    """Every register of the resident that is open to the viewer, with the strongest reason. At most two queries."""
    if not viewer.is_staff:
        found = {register: relationship_of(viewer, resident, register=register) for register in _REGISTERS}
        return {register: reason for register, reason in found.items() if reason}
    at = now()
    held = _held(viewer, resident, at)
    by_register = {reason.register: reason for reason in reversed(held) if reason.register}
    return _by_consent(held, resident, at) | by_register


def grounds_of(viewer: Who, residents: Collection[UUID]) -> dict[tuple[UUID, str], str]:
    """The strongest ground on which each (resident, register) is open to the worker: for lists. What only a consent
    opens is not among them. One query.
    """
    rows = relationships(viewer).filter(resident_id__in=list(residents))
    found = rows.values_list("resident_id", "register", "ground")
    ordered = sorted(found, key=lambda row: _STRENGTH.index(row[2]), reverse=True)
    return {(resident, register): ground for resident, register, ground in ordered}


def cared_for_by_units(viewer: Who, *, register: str = "register", resident: str = "resident_id") -> Q:
    """A condition on rows that carry a resident and a register: those whom the viewer's units have on their lists.

    For lists only: a role without grounds, a manager's, opens no record.
    """
    of_units = Relationship.objects.in_force(now()).filter(unit__in=list(viewer.units), ground="team")
    return Q(Exists(of_units.filter(resident_id=OuterRef(resident), register=OuterRef(register))))


def hides_names(viewer: Who) -> bool:
    """Whether somebody under a protection order stands without a name on this viewer's lists: a role without grounds
    has no relationship with anybody, and needs to know that a matter waits, not whose it is.
    """
    role = organisation.roles().get(viewer.role)
    return viewer.is_staff and not (role and role.grounds)


def _held(viewer: Who, resident: UUID, at: datetime) -> list[Reason]:
    """The worker's own relationships with the resident, the strongest and oldest first."""
    rows = relationships(viewer, at=at).filter(resident_id=resident).order_by("begins_at")
    held = [Reason(row.ground, row.register, row.begins_at, row.ends_at) for row in rows]
    return sorted(held, key=lambda reason: _STRENGTH.index(reason.ground))


def _by_consent(held: Collection[Reason], resident: UUID, at: datetime) -> dict[str, Reason]:
    """The registers that the resident lets those read who have a relationship in another one."""
    held = [reason for reason in held if reason.ground != "emergency"]  # it opens one register and no other
    if not held:
        return {}
    consents = Consent.objects.in_force(local_day(at)).filter(
        resident_id=resident, is_refusal=False, for_register__in={reason.register for reason in held}
    )
    return {one.reads_register: Reason("consent", one.reads_register, one.given_at) for one in consents}


def _own_reason(viewer: Who, resident: UUID, register: str) -> Reason | None:
    if resident not in viewer.own_ids:
        return None
    if viewer.registers is not None and register not in {"", *viewer.registers}:
        return None
    return Reason(viewer.ground or "own", register)


_STRENGTH = ("team", "booking", "plan", "assignment", "emergency")
_REGISTERS: Collection[str] = ("health", "social", "child_welfare", "none")
