"""Somebody gets in touch: the contact is taken in and opens its case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.cases.actions.road import record_in
from luotsi.domain.cases.definitions import CaseKind, case_kinds
from luotsi.domain.cases.events import CaseOpened, ContactReceived
from luotsi.domain.cases.models import Case, Contact
from luotsi.domain.events import actions as events
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries as person_queries
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.definitions import questionnaires as all_questionnaires
from luotsi.domain.questionnaires.rules import dangers


def receive(
    *,
    resident: UUID,
    kind: str,
    service: str,
    unit: str,
    channel: str,
    language: str,
    key: UUID,
    by: Who,
    at: datetime,
    questionnaire: str = "",
    answers: dict[str, Any] | None = None,
) -> Case:
    """Take a contact in and open the case on the unit's list. The resident's same `key` again answers the same case.

    Raises questionnaires.Incomplete when a required answer is missing, KeyError for an unknown kind.
    """
    sent = Case.objects.filter(contact__key=key, contact__resident_id=resident)
    if earlier := sent.first():
        return earlier
    definition = case_kinds()[kind]
    of = {"resident_id": resident, "register": definition.register, "service": service, "unit_id": unit}
    contact = Contact(
        id=new_id(), key=key, has_danger=False, channel=channel, language=language, received_at=at,
        sent_by_id=by.id if by.acting_for else None, **of,
    )  # fmt: skip
    own_secret = _own_secret(definition, resident, by, at)
    case = Case(kind=kind, kind_version=definition.version, contact=contact, opened_at=at, **of, **own_secret)
    try:
        with transaction.atomic():
            _take_contact(contact, definition, questionnaire, answers or {}, by=by)
            case.save(force_insert=True)
            people.relate(resident=resident, unit=unit, register=case.register, ground="team", subject=case.id, at=at)
            record_in(case, CaseOpened(contact=contact.id, kind_version=definition.version), by=by, at=at)
    except IntegrityError:  # the same sending came twice at the same moment: the other one stands
        return sent.get()
    return case


def _own_secret(kind: CaseKind, resident: UUID, by: Who, at: datetime) -> dict[str, Any]:
    """What the resident asked themselves, and whoever acts for them does not see."""
    is_own = kind.own_stays_private and by.id == resident
    return {"kept_private_at": at, "kept_private_why": "the resident asked themselves"} if is_own else {}


def _take_contact(contact: Contact, kind: CaseKind, questionnaire: str, answers: dict[str, Any], *, by: Who) -> None:
    """Keep the contact with its answers, and tell that it was received."""
    where = events.Dimensions(
        unit=contact.unit_id, service=contact.service, case_kind=kind.key, register=kind.register,
        channel=contact.channel, municipality=person_queries.person(contact.resident_id).municipality,
        language=contact.language,
    )  # fmt: skip
    told: dict[str, Any] = {"by": by, "at": contact.received_at, "subject": contact.id, "where": where}
    if questionnaire:
        contact.response = questionnaires.complete(
            questionnaire=questionnaire,
            answers=answers,
            resident=contact.resident_id,
            language=contact.language,
            **told,
        )
        contact.has_danger = bool(dangers(all_questionnaires()[questionnaire], contact.response.answers))
    contact.save(force_insert=True)
    events.record(ContactReceived(danger=bool(contact.has_danger)), resident=contact.resident_id, **told)
