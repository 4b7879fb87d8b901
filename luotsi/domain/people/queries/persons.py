"""Residents as pages show them. The identity code is masked; its full form is a reading of its own."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models.functions import Coalesce

from luotsi.base.now import today
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people import access, rules
from luotsi.domain.people.definitions import mandate_kinds
from luotsi.domain.people.models import Mandate, Resident


@dataclass(frozen=True)
class Person:
    """A resident as pages show one. Never the identity code, only its mask.

    `birth_date` is None when it is not known. While a protection order holds, `is_protected` is true and phone, mail,
    address and municipality are "".
    """

    id: UUID
    name: str
    birth_date: date | None
    municipality: str
    language: str
    phone: str
    mail: str
    street: str
    postal_code: str
    town: str
    is_phone_verified: bool
    is_mail_verified: bool
    is_protected: bool
    died_on: date | None
    masked_code: str
    has_temporary_code: bool

    def without_place(self) -> "Person":
        """The same person with nothing by which they could be found."""
        return replace(self, municipality="", phone="", mail="", street="", postal_code="", town="")


def resident_as_who(resident: UUID, *, acting_for: UUID | None = None) -> Who | None:
    """The resident as the one who acts, for themselves or for another one; None when there is no such resident.

    The mandate is read anew each time: one that was revoked or has run out leaves them acting for themselves.
    """
    own = _who(resident)
    if own is None or acting_for is None or acting_for in own.own_ids:
        return own
    with as_system():
        return _acting(own, acting_for)


def _who(resident: UUID) -> Who | None:
    """One statement: every request of a resident begins with it."""
    with connection.cursor() as sql:
        sql.execute("SELECT id, first_name, last_name, same FROM people_signed(%s)", [resident])
        row = sql.fetchone()
    if row is None:
        return None
    id, first_name, last_name, same = row
    return Who(
        kind="resident", role="resident", id=id, name=f"{first_name} {last_name}".strip(), own=frozenset({id, *same})
    )


def _acting(own: Who, acting_for: UUID) -> Who:
    mandates = Mandate.objects.in_force(today()).filter(agent_id__in=own.own_ids, principal_id__in=all_ids(acting_for))
    mandate = mandates.select_related("principal").order_by("id").first()
    if mandate is None:
        return own
    return replace(
        own,
        acting_for=mandate.principal_id,
        acting_name=_name(mandate.principal),
        own=frozenset(all_ids(mandate.principal_id)),
        only=frozenset(mandate_kinds()[mandate.kind].actions),
        registers=frozenset({*mandate.registers, "none"}),  # what belongs to no register is told by each matter
        ground=mandate.kind,
    )


def persons(residents: Collection[UUID]) -> dict[UUID, Person]:
    """Residents by id, in one query, a joined record as the person it belongs to, nothing masked.

    For nouns above and for working out dates and letters; a page asks `read_person`, or the noun whose page it is.
    """
    rows = Resident.objects.filter(id__in=residents).select_related("joined_into")
    return {row.id: person_of_row(row.joined_into or row) for row in rows}


def births(residents: Collection[UUID]) -> dict[UUID, date | None]:
    """When they were born, None where it is not known; a joined record as the person it belongs to. One query, for
    working out very many dates.
    """
    rows = Resident.objects.filter(id__in=residents)
    return dict(rows.values_list("id", Coalesce("joined_into__birth_date", "birth_date")))


def place_and_language(resident: UUID) -> tuple[str, str]:
    """The municipality and the language of the person: what figures are broken down by.

    Raises Resident.DoesNotExist.
    """
    rows = Resident.objects.filter(id=resident)
    return rows.values_list(
        Coalesce("joined_into__municipality", "municipality"), Coalesce("joined_into__language", "language")
    ).get()


def person(resident: UUID) -> Person:
    return persons([resident])[resident]


def shown(known: Person, viewer: Who) -> Person:
    """The person as this viewer may see them: a protection order hides the place from all but the person."""
    return known.without_place() if hides_place(known, viewer) else known


def hides_place(known: Person, viewer: Who) -> bool:
    """Whether a protection order hides from this viewer where the person can be found.

    From all but the person: whoever acts for them, too, may be the one from whom they are hidden.
    """
    is_oneself = known.id in viewer.own_ids and viewer.acting_for is None
    return known.is_protected and not is_oneself


def read_person(resident: UUID, *, viewer: Who) -> Person:
    """A resident's details. Raises NotAllowed without a relationship; the reading is logged."""
    reason = access.check_relationship(viewer, resident)
    known = persons([resident]).get(resident)
    if known is None:
        raise NotAllowed("no such resident")
    events.saw(viewer, residents=[known.id], what="person", register=reason.register, ground=reason.ground)
    return shown(known, viewer)


def show_place(resident: UUID, *, viewer: Who) -> Person:
    """The person with the contact data that a protection order hides: a reading of its own, logged as such.

    Raises NotAllowed without a relationship.
    """
    reason = access.check_relationship(viewer, resident)
    known = person(resident)
    events.saw(
        viewer, residents=[known.id], what="person", subject=known.id, register=reason.register, ground=reason.ground
    )
    return known


def show_identity_code(resident: UUID, *, viewer: Who) -> str:
    """The whole identity code: an act of its own, with a row of its own in the log. Raises NotAllowed."""
    check_may(viewer, "own.read" if viewer.is_resident else "identity_code.read")
    reason = access.check_relationship(viewer, resident)
    known = Resident.objects.select_related("joined_into").get(id=resident)
    known = known.joined_into or known
    events.saw(viewer, residents=[known.id], what="identity_code", register=reason.register, ground=reason.ground)
    return rules.decrypt_identity(bytes(known.identity_code), settings.IDENTITY_KEY)


def is_date_open(resident: UUID) -> bool:
    """Whether the birth date is a worker's to write: the record was made without it, and stands by itself."""
    row = Resident.objects.filter(id=resident, has_temporary_code=True, joined_into=None).first()
    code = rules.decrypt_identity(bytes(row.identity_code), settings.IDENTITY_KEY) if row and row.identity_code else ""
    return row is not None and rules.is_date_open(has_temporary_code=True, code=code)


def all_ids(resident: UUID) -> list[UUID]:
    """Every id under which the county knows this person. One query."""
    return sorted({resident, *Resident.objects.same_as(resident).values_list("id", flat=True)}, key=str)


def is_anybody_here() -> bool:
    """Whether the county has any resident at all."""
    return Resident.objects.exists()


def _name(row: Resident) -> str:
    return f"{row.first_name} {row.last_name}".strip()


def person_of_row(row: Resident) -> Person:
    return Person(
        id=row.id,
        name=_name(row),
        birth_date=row.birth_date,
        municipality=row.municipality,
        language=row.language,
        phone=row.phone,
        mail=row.mail,
        street=row.street,
        postal_code=row.postal_code,
        town=row.town,
        is_phone_verified=row.phone_verified_at is not None,
        is_mail_verified=row.mail_verified_at is not None,
        is_protected=row.is_protected(today()),
        died_on=row.died_on,
        masked_code=_masked(row),
        has_temporary_code=row.has_temporary_code,
    )


def _masked(row: Resident) -> str:
    """The birth date part with its sign needs no decrypting to be hidden: the mask shows only the date."""
    return f"{row.birth_date:%d%m%y}*****" if row.birth_date else "*" * 11
