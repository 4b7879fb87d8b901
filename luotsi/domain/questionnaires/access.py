"""Whose answers one may see and go on with. Those of a known person stand behind relationship and register."""

from uuid import UUID

from django.db.models import Q, QuerySet

from luotsi.base.who import Who
from luotsi.domain.organisation.rules import NotAllowed, check_may, may
from luotsi.domain.people import access as people
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.models import Response

# A consent and an emergency open a record for reading only.
_READS_ONLY = {"consent", "emergency"}


def visible_to(viewer: Who) -> QuerySet[Response]:
    """Answers that this person may read. A resident reads their own; whoever acts for them what they wrote themselves.

    A worker reads what was sent, in the registers that a relationship opens, and what they themselves write. What
    nobody is known to have answered is read by its questionnaire, not one by one here.
    """
    known = Response.objects.filter(resident__isnull=False)
    if viewer.is_resident:
        own = known.filter(people.open_to(viewer))
        return own if viewer.acting_for is None else own.filter(acting_by_id=viewer.id)
    if viewer.is_staff and (may(viewer, "case.read") or may(viewer, "questionnaire.fill")):
        sent = Q(completed_at__isnull=False) & people.open_to(viewer)
        return Response.objects.filter(sent | Q(filled_by_id=viewer.id))
    return Response.objects.none()


def to_fill(viewer: Who) -> QuerySet[Response]:
    """Answers under way that this person writes."""
    rows = Response.objects.filter(completed_at=None)
    if viewer.is_resident:
        return rows.filter(resident_id__in=viewer.own_ids, acting_by_id=_acting(viewer), filled_by=None)
    return rows.filter(filled_by_id=viewer.id) if viewer.is_staff else rows.none()


def is_for_resident(form: Questionnaire, viewer: Who) -> bool:
    """Whether a resident answers the form under their own name, as far as the right to act for another goes."""
    is_covered = viewer.registers is None or (form.register or "none") in viewer.registers
    is_theirs = viewer.acting_for is None or not form.only_oneself
    return form.audience != "staff" and not form.is_anonymous and is_covered and is_theirs


def check_start(viewer: Who, form: Questionnaire, resident: UUID | None, register: str) -> None:
    """Raises NotAllowed unless this person may begin to fill the form, for themselves or for this resident. What is
    promised to be anonymous nobody answers under their name.
    """
    _check(not form.is_anonymous, "the questionnaire is answered without a name")
    if viewer.is_staff:
        check_may(viewer, "questionnaire.fill")
        if resident is not None:
            reason = people.check_relationship(viewer, resident, register=register)
            _check(reason.ground not in _READS_ONLY, "a consent or an emergency opens for reading only")
        return
    check_may(viewer, "questionnaire.answer")
    _check(resident in viewer.own_ids, "only one's own, or of the person one acts for")
    _check(form.audience != "staff", "the questionnaire is for workers")
    _check(viewer.acting_for is None or not form.only_oneself, "nobody answers the questionnaire for another")
    _check(viewer.registers is None or register in viewer.registers, "the mandate does not cover the register")


def _acting(viewer: Who) -> UUID | None:
    """The resident who writes for another; None for oneself."""
    return viewer.id if viewer.acting_for else None


def _check(holds: bool, why: str) -> None:
    if not holds:
        raise NotAllowed(why)
