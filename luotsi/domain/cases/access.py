"""Whose cases one may see: a resident their own, a worker those to which a relationship, register and consent lead."""

from luotsi.base.who import Who
from luotsi.domain.cases.models import Case, CaseQuerySet
from luotsi.domain.organisation.rules import NotAllowed, may, sees_unit
from luotsi.domain.people import access as people


def visible_to(viewer: Who) -> CaseQuerySet:
    """The cases this person may open. Nobody else's exist for them."""
    cases = Case.objects.all()
    if viewer.is_resident and may(viewer, "matters.read"):
        own = cases.filter(people.open_to(viewer))
        return own if viewer.acting_for is None else own.filter(kept_private_at=None)
    if viewer.is_staff and may(viewer, "case.read"):
        return cases.filter(people.open_to(viewer))
    return cases.none()


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


def check_own(viewer: Who, case: Case) -> None:
    """Raises NotAllowed unless the case is the resident's own, or of the one they act for and not kept from them."""
    is_own = viewer.is_resident and case.resident_id in viewer.own_ids
    is_covered = viewer.registers is None or case.register in viewer.registers
    is_kept = viewer.acting_for is not None and case.kept_private_at is not None
    if not is_own or not is_covered or is_kept:
        raise NotAllowed("this case is not theirs")
