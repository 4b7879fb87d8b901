"""A colleague's word opens a matter in another unit: an accepted referral, a direction of the guidance desk."""

from datetime import datetime
from uuid import UUID

from luotsi.base.ids import new_id
from luotsi.base.who import Who
from luotsi.domain.cases.actions.contacts import open_case, take_contact
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.cases.models import Case, Contact
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.people import queries as people


def open_elsewhere(
    *, source: UUID, kind: str, service: str, unit: str, told: str, by: Who, written_by: UUID | None, at: datetime
) -> Case:
    """Open a case for the resident of the case `source` in another unit, from a professional's contact.

    What a minor keeps from their guardians stays kept from them there too. Whoever calls this has checked the write.
    """
    definition = case_kinds()[kind]
    with as_system():
        origin = Case.objects.get(id=source)
        contact = Contact(
            id=new_id(), key=new_id(), resident_id=origin.resident_id, register=definition.register,
            channel="professional", service=service, unit_id=unit, received_at=at, has_danger=False,
            language=people.person(origin.resident_id).language, sender="professional", told=told,
            written_by_id=written_by,
        )  # fmt: skip
        take_contact(contact, definition, by=by)
        opened = open_case(contact, definition, service=service, unit=unit, by=by, at=at)
        if origin.kept_private_at is not None:
            opened.kept_private_at, opened.kept_private_by_id = at, origin.kept_private_by_id
            opened.kept_private_why = origin.kept_private_why
            opened.save(update_fields=["kept_private_at", "kept_private_by", "kept_private_why"])
    return opened
