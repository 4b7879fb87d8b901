"""Whose cases one may see: a resident their own, a worker those to which a relationship, register and consent lead."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.cases.definitions import CaseKind
from luotsi.domain.cases.models import Case, CaseQuerySet, Referral
from luotsi.domain.cases.rules.referral import Side
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, may, sees_unit, works_in
from luotsi.domain.people import access as people
from luotsi.domain.people.definitions import grounds


def visible_to(viewer: Who) -> CaseQuerySet:
    """The cases this person may open. Nobody else's exist for them."""
    cases = Case.objects.all()
    if viewer.is_resident and may(viewer, "matters.read"):
        own = cases.filter(people.open_to(viewer))
        return own if viewer.acting_for is None else own.filter(kept_private_at=None)
    if viewer.is_staff and may(viewer, "case.read"):
        return cases.filter(people.open_to(viewer))
    return cases.none()


def open_for_more(viewer: Who, kind: CaseKind, *, service: str) -> CaseQuerySet:
    """The open matters of this service to which the resident, or whoever acts for them, may add a further message.
    None of a kind in which each sending is answered by itself, or is not seen by whoever acts for the resident.
    """
    if not viewer.is_resident or kind.is_request or kind.own_stays_private:
        return Case.objects.none()
    return visible_to(viewer).filter(kind=kind.key, service=service, closed_at=None)


def listed_to(viewer: Who) -> CaseQuerySet:
    """The cases that may stand on a list of this person: those they may open; a manager, who opens none, sees which
    matters wait in their units.
    """
    if viewer.is_staff and may(viewer, "worklist.read") and not may(viewer, "case.read"):
        return Case.objects.filter(people.cared_for_by_units(viewer))
    return visible_to(viewer)


def can_write(viewer: Who, action: str, *, unit: str, ground: str) -> bool:
    """Whether the role lists the action and the case is the worker's to work on: on the list of a unit of theirs, or
    theirs by a time or a task. `ground` opens it to them; a consent and an emergency open for reading only.
    """
    is_at_work = sees_unit(viewer, unit) or ground in {"booking", "assignment"}
    return viewer.is_staff and may(viewer, action) and ground not in {"", "consent", "emergency"} and is_at_work


def check_write(viewer: Who, case: Case, action: str) -> None:
    """Raises NotAllowed unless the worker may do this with the case, as `can_write` says."""
    reason = people.relationship_of(viewer, case.resident_id, register=case.register) if viewer.is_staff else None
    if not can_write(viewer, action, unit=case.unit_id, ground=reason.ground if reason else ""):
        raise NotAllowed(f"the role {viewer.role!r} may not {action} here")


def check_hand_over(viewer: Who, case: Case) -> None:
    """Raises NotAllowed unless the case stands on a list of the worker's own units: a manager, who opens none, may say
    whose it is.
    """
    is_listed = may(viewer, "case.hand_over") and sees_unit(viewer, case.unit_id)
    if not is_listed or not listed_to(viewer).filter(id=case.id).exists():
        raise NotAllowed(f"the role {viewer.role!r} may not hand this over")


def referrals_visible_to(viewer: Who) -> QuerySet[Referral]:
    """The threads between professions that this person may open: those of cases that are open to them, and those sent
    to their unit in a register in which they work. The sender's case does not open with it. A thread that has ended
    stays with its receiver for as long as the ground says, and with whoever has the case that it opened.
    """
    if viewer.is_staff and not may(viewer, "referral.read"):
        return Referral.objects.none()
    since = now() - timedelta(days=grounds()["referral"].stays_days)
    is_kept = Q(ended_at=None) | Q(ended_at__gt=since) | Q(opened__in=visible_to(viewer))
    return Referral.objects.filter(Q(case__in=visible_to(viewer)) | (received_by(viewer) & is_kept))


def received_by(viewer: Who) -> Q:
    """A condition on referrals: sent to the units in which this worker works now, in a register of their role."""
    role = organisation.roles().get(viewer.role)
    if not viewer.is_staff or role is None:
        return Q(pk__in=[])
    return Q(to_unit_id__in=list(viewer.units), register__in=list(role.registers or ("none",)))


def locked_referral(viewer: Who, referral: UUID, *, lock: bool = True) -> Referral:
    """The thread, its row locked. Raises NotAllowed when it does not exist for this viewer."""
    found = referrals_visible_to(viewer).filter(id=referral)
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise NotAllowed("no such referral for this viewer")
    return row


def sides_of(viewer: Who, referral: Referral) -> tuple[Side, ...]:
    """At which end of the thread this worker may write: of the unit it was sent to, of the case that it came from."""
    if not (viewer.is_staff and may(viewer, "referral.write")):
        return ()
    sides: list[Side] = []
    if referral.to_unit_id in viewer.units and works_in(viewer.role, referral.register):
        sides.append("receiver")
    case = visible_to(viewer).filter(id=referral.case_id).first()
    reason = people.relationship_of(viewer, case.resident_id, register=case.register) if case else None
    if case and can_write(viewer, "referral.write", unit=case.unit_id, ground=reason.ground if reason else ""):
        sides.append("sender")
    return tuple(sides)


def check_sides(viewer: Who, referral: Referral) -> tuple[Side, ...]:
    """Raises NotAllowed for whoever may only read it."""
    sides = sides_of(viewer, referral)
    if not sides:
        raise NotAllowed("this thread is not theirs to write in")
    return sides


def check_own(viewer: Who, case: Case) -> None:
    """Raises NotAllowed unless the case is the resident's own, or of the one they act for and not kept from them."""
    is_own = viewer.is_resident and case.resident_id in viewer.own_ids
    is_covered = viewer.registers is None or case.register in viewer.registers
    is_kept = viewer.acting_for is not None and case.kept_private_at is not None
    if not is_own or not is_covered or is_kept:
        raise NotAllowed("this case is not theirs")
