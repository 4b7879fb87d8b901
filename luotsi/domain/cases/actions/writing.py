"""A worker writes a contact down while the telephone is still warm; one contact may be several matters, and several
contacts one.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.actions.contacts import case_of_key, join, open_case, place, take_contact
from luotsi.domain.cases.actions.road import locked, record_in
from luotsi.domain.cases.definitions import CaseKind, case_kinds
from luotsi.domain.cases.events import CaseClosed
from luotsi.domain.cases.models import Case, CaseContact, Contact
from luotsi.domain.cases.rules.contact import BadContact, Said, check_said
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, check_may, works_in
from luotsi.domain.people import actions as people
from luotsi.domain.people.actions.relationships import same_person
from luotsi.domain.people.queries import person

JOINED = "joined"  # why a case was closed whose contact turned out to belong to another one


def write_down(
    *, resident: UUID, kind: str, service: str, unit: str, said: Said, key: UUID, by: Who, at: datetime,
    joins: UUID | None = None,
) -> Case:  # fmt: skip
    """Keep a contact that a worker took: it opens a case on the unit's list, or joins the open case `joins`.

    The worker needs no relationship with the person: the contact is how one begins. The same `key` again answers the
    same case. Raises NotAllowed, BadContact (what to mend, and in which field).
    """
    check_may(by, "contact.register")
    definition = _kind_for(by, kind, unit)
    check_said(said, register=definition.register, at=at)
    with transaction.atomic(), as_system():
        if earlier := case_of_key(key, resident):
            return earlier
        standing = _to_join(joins, resident, definition, by) if joins else None
        contact = _contact(resident, definition, service, unit, said, key, by)
        try:
            with transaction.atomic():
                take_contact(contact, definition, by=by)
                if standing is None:
                    return place(contact, definition, by=by, at=at)
                join(contact, standing, by=by, at=at)
                return standing
        except IntegrityError:  # sent twice at the same moment
            if earlier := case_of_key(key, resident):
                return earlier
            raise


@transaction.atomic
def open_another(*, case: UUID, kind: str, service: str, unit: str, by: Who, at: datetime) -> Case:
    """Open another matter of the contact that opened this case. One that it has open already is answered, not doubled.

    Raises NotAllowed, BadContact: nobody got in touch about this case, or the other matter is of another register (what
    was told in one is not read in another: that is a referral).
    """
    row = _of_mine(case, by)
    definition = _kind_for(by, kind, unit)
    if row.contact is None:
        raise BadContact("no_contact")
    if definition.register != row.register:
        raise BadContact("other_register", "service")
    with as_system():
        same = row.contact.cases.filter(kind=kind, unit_id=unit, closed_at=None).first()
        return same or open_case(row.contact, definition, service=service, unit=unit, by=by, at=at)


@transaction.atomic
def join_matter(*, case: UUID, into: UUID, by: Who, at: datetime) -> Case:
    """What was told in this new case belongs to another open one: its contacts join that one, and this one is closed.

    Nothing is lost: both stand in the history. Raises NotAllowed, BadContact: the case is judged or closed already, or
    the other one is another person's, of another register or closed.
    """
    first, second = sorted([case, into])
    rows = {one: _of_mine(one, by) for one in dict.fromkeys([first, second])}
    row, standing = rows[case], rows[into]
    if row.id == standing.id:
        raise BadContact("same_matter", "joins")
    if CaseContact.objects.filter(case=standing, contact=row.contact_id).exists() and row.closed_at is not None:
        return standing
    _check_joins(row, standing)
    if row.contact is None:
        raise BadContact("no_contact")
    for contact in [row.contact, *Contact.objects.filter(joins__case=row)]:
        join(contact, standing, by=by, at=at)
    row.closed_at, row.close_reason = at, JOINED
    row.save(update_fields=["closed_at", "close_reason"])
    people.end_relationship(subject=row.id, at=at)
    record_in(row, CaseClosed(reason=JOINED), by=by, at=at)
    return standing


def _of_mine(case: UUID, by: Who) -> Case:
    if not access.visible_to(by).filter(id=case).exists():
        raise NotAllowed("no such case for this worker")
    row = locked(case)
    access.check_write(by, row, "contact.register")
    return row


def _kind_for(by: Who, kind: str, unit: str) -> CaseKind:
    """Raises BadContact, or NotAllowed when the matter belongs to a register in which the worker does not work."""
    definition, place = case_kinds().get(kind), organisation.units().get(unit)
    if definition is None:
        raise BadContact("unknown_kind", "service")
    if place is None or place.register != definition.register:
        raise BadContact("unknown_unit", "unit")
    if not works_in(by.role, definition.register):
        raise NotAllowed(f"the role {by.role!r} does not work in the register {definition.register!r}")
    return definition


def _to_join(case: UUID, resident: UUID, kind: CaseKind, by: Who) -> Case:
    row = Case.objects.select_for_update(of=("self",)).select_related("contact").filter(id=case).first()
    if row is None or row.resident_id not in same_person(resident):
        raise BadContact("not_theirs", "joins")
    access.check_write(by, row, "contact.register")
    if row.closed_at is not None:
        raise BadContact("is_closed", "joins")
    if row.register != kind.register:
        raise BadContact("other_register", "joins")
    return row


def _check_joins(row: Case, standing: Case) -> None:
    if standing.resident_id not in same_person(row.resident_id):
        raise BadContact("not_theirs", "joins")
    if standing.register != row.register:
        raise BadContact("other_register", "joins")
    if row.closed_at is not None or standing.closed_at is not None:
        raise BadContact("is_closed", "joins")
    if row.assessments.exists() or row.times.exists() or row.visit_notes.exists():
        raise BadContact("is_judged", "joins")


def _contact(resident: UUID, kind: CaseKind, service: str, unit: str, said: Said, key: UUID, by: Who) -> Contact:
    return Contact(
        id=new_id(), key=key, resident_id=resident, register=kind.register, service=service, unit_id=unit,
        channel=said.channel, language=said.language or person(resident).language, received_at=said.received_at,
        has_danger=said.has_danger,
        sender=said.sender, sender_name=said.sender_name.strip(), told=said.told.strip(), written_by_id=by.id,
        call_number=said.call_number.strip(),
    )  # fmt: skip
