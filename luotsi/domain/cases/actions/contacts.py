"""Somebody gets in touch: the contact is taken in, and opens its case or joins one that is open."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.actions.road import follow_clocks, record_in
from luotsi.domain.cases.definitions import CaseKind, case_kinds
from luotsi.domain.cases.events import CaseOpened, ContactJoined, ContactReceived
from luotsi.domain.cases.models import Case, CaseContact, Contact
from luotsi.domain.cases.rules.contact import BadContact
from luotsi.domain.events import actions as events
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries as person_queries
from luotsi.domain.people.actions.relationships import same_person
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.domain.questionnaires.queries import forms


def receive(
    *, resident: UUID, kind: str, service: str, unit: str, channel: str, language: str, key: UUID, by: Who,
    at: datetime, questionnaire: str = "", answers: dict[str, Any] | None = None, joins: UUID | None = None,
) -> Case:  # fmt: skip
    """Take in what the resident sent: it opens a case on the unit's list, or joins the open one where the kind says so.
    `joins`: the open matter of theirs to which they say that it belongs. The resident's same `key` again answers the
    same case.

    Raises questionnaires.Incomplete when a required answer is missing, KeyError for an unknown kind, BadContact when
    what it should join is not open to them.
    """
    if earlier := case_of_key(key, resident):
        return earlier
    definition = case_kinds()[kind]
    contact = Contact(
        id=new_id(), key=key, has_danger=False, channel=channel, language=language, received_at=at,
        resident_id=resident, register=definition.register, service=service, unit_id=unit,
        sent_by_id=by.id if by.acting_for else None,
    )  # fmt: skip
    try:
        with transaction.atomic():
            standing = _open_of_theirs(joins, definition, service, by) if joins else None
            take_contact(contact, definition, questionnaire=questionnaire, answers=answers or {}, by=by)
            if standing:
                join(contact, standing, by=by, at=at)
                return standing
            return place(contact, definition, by=by, at=at)
    except IntegrityError:  # the same sending came twice at the same moment: the other one stands
        if earlier := case_of_key(key, resident):
            return earlier
        raise


def case_of_key(key: UUID, resident: UUID) -> Case | None:
    """The case that this sending opened, or joined."""
    sent = {"key": key, "resident_id": resident}
    opened = Case.objects.filter(**{f"contact__{name}": value for name, value in sent.items()}).order_by("opened_at")
    joined = Case.objects.filter(**{f"joined__contact__{name}": value for name, value in sent.items()})
    return opened.first() or joined.first()


def take_contact(
    contact: Contact, kind: CaseKind, *, by: Who, questionnaire: str = "", answers: dict[str, Any] | None = None
) -> None:
    """Keep the contact with its answers, and tell that it was received, at its true time."""
    where = events.Dimensions(
        unit=contact.unit_id, service=contact.service, case_kind=kind.key, register=kind.register,
        channel=contact.channel, municipality=person_queries.person(contact.resident_id).municipality,
        language=contact.language,
    )  # fmt: skip
    told: dict[str, Any] = {"by": by, "at": contact.received_at, "subject": contact.id, "where": where}
    if questionnaire:
        contact.response = questionnaires.complete(
            questionnaire=questionnaire,
            answers=answers or {},
            resident=contact.resident_id,
            language=contact.language,
            **told,
        )
        form = forms.definition(questionnaire, contact.response.version)
        contact.has_danger = bool(contact.response.danger)
        contact.call_number = number_in(form, contact.response.answers)
    contact.save(force_insert=True)
    events.record(ContactReceived(danger=bool(contact.has_danger)), resident=contact.resident_id, **told)


def place(contact: Contact, kind: CaseKind, *, by: Who, at: datetime) -> Case:
    """The contact opens a case, or joins the open one of the person where the kind says that further ones do."""
    same = Case.objects.filter(kind=kind.key, resident_id__in=same_person(contact.resident_id), closed_at=None)
    if kind.joins and (standing := same.order_by("opened_at").first()):
        join(contact, standing, by=by, at=at)
        return standing
    return open_case(contact, kind, service=contact.service, unit=contact.unit_id, by=by, at=at)


def open_case(contact: Contact, kind: CaseKind, *, service: str, unit: str, by: Who, at: datetime) -> Case:
    """Open a case of this contact. The matter became pending when the contact came, whenever that is written down."""
    began = contact.received_at
    case = Case(
        kind=kind.key, kind_version=kind.version, contact=contact, resident_id=contact.resident_id,
        register=kind.register, service=service, unit_id=unit, opened_at=began,
        **_own_secret(kind, contact.resident_id, by, began),
    )  # fmt: skip
    case.save(force_insert=True)
    people.relate(
        resident=contact.resident_id, unit=unit, register=case.register, ground="team", subject=case.id, at=began
    )
    record_in(case, CaseOpened(contact=contact.id, kind_version=kind.version), by=by, at=began)
    if at > began:
        follow_clocks(case, by=by, at=at)
    return case


def join(contact: Contact, case: Case, *, by: Who, at: datetime) -> None:
    """The contact belongs to a case that is open already. Joining it twice changes nothing."""
    staff = by.id if by.is_staff else None
    _, is_new = CaseContact.objects.get_or_create(
        case=case, contact=contact, defaults={"joined_by_id": staff, "joined_at": at}
    )
    if is_new:
        came = max(contact.received_at, case.opened_at)
        record_in(case, ContactJoined(contact=contact.id), by=by, at=came)
        follow_clocks(case, by=by, at=max(at, came))


def _open_of_theirs(case: UUID, kind: CaseKind, service: str, by: Who) -> Case:
    """The matter to which the resident's further message belongs, its row locked. Raises BadContact."""
    row = access.open_for_more(by, kind, service=service).select_for_update(of=("self",)).filter(id=case).first()
    if row is None:
        raise BadContact("is_closed", "joins")
    return row


def _own_secret(kind: CaseKind, resident: UUID, by: Who, at: datetime) -> dict[str, Any]:
    """What the resident asked themselves, and whoever acts for them does not see; nor a matter of a kind that is kept
    from guardians until a worker shares it.
    """
    if kind.own_stays_private and by.id == resident:
        return {"kept_private_at": at, "kept_private_why": "the resident asked themselves"}
    return {"kept_private_at": at} if kind.kept_from_guardians else {}


def number_in(form: Questionnaire, answers: dict[str, Any]) -> str:
    """The phone number that the resident gave to be called at."""
    phones = [item.key for item in form.items if item.type == "phone"]
    return next((str(answers[key]) for key in phones if answers.get(key)), "")
