"""Whose cases one may see: a resident their own, a worker those on their units' lists when the role reads cases."""

from luotsi.base.who import Who
from luotsi.domain.cases.models import Case, CaseQuerySet
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, may, sees_unit


def visible_to(viewer: Who) -> CaseQuerySet:
    """The cases this person may open. Nobody else's exist for them."""
    cases = Case.objects.all()
    if viewer.is_resident and may(viewer, "matters.read"):
        return cases.filter(resident_id=viewer.id)
    if viewer.is_staff and (may(viewer, "case.read") or may(viewer, "worklist.read")):
        role = organisation.roles()[viewer.role]
        return cases if role.sees == "county" else cases.filter(unit_id__in=viewer.units)
    return cases.none()


def check_write(viewer: Who, case: Case, action: str) -> None:
    """Raises NotAllowed unless the role lists the action and the case is on the worker's own units' lists."""
    if not (viewer.is_staff and may(viewer, action) and sees_unit(viewer, case.unit_id)):
        raise NotAllowed(f"the role {viewer.role!r} may not {action} here")


def check_own(viewer: Who, case: Case) -> None:
    """Raises NotAllowed unless the case is the resident's own."""
    if not (viewer.is_resident and viewer.id == case.resident_id):
        raise NotAllowed("not one's own case")
