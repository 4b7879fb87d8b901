"""Questionnaires that were answered because of a case: those about it, and those with which its contacts came."""

from uuid import UUID

from django.db.models import Q

from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.models import Contact
from luotsi.domain.cases.queries.one import CaseView
from luotsi.domain.questionnaires.queries import reading
from luotsi.domain.questionnaires.queries.reading import Filled


def filled_in(case: CaseView, *, viewer: Who) -> tuple[Filled, ...]:
    """What was answered in a case that the viewer has open, the newest first. Logged."""
    contacts = Contact.objects.filter(Q(cases=case.id) | Q(joins__case=case.id), response__isnull=False)
    return reading.filled_about(case.id, contacts.values("id"), viewer=viewer)


def case_about(subject: UUID | None, *, viewer: Who) -> UUID | None:
    """The case that answers are about, itself or through its contact, when it is open to the viewer."""
    if subject is None:
        return None
    about = Q(id=subject) | Q(contact=subject) | Q(joined__contact=subject)
    return access.visible_to(viewer).filter(about).values_list("id", flat=True).first()
