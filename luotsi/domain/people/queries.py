"""Reading residents for pages. Every reader says who looks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.people.models import Resident


@dataclass(frozen=True)
class Person:
    """A resident as pages show one. Never the identity code."""

    id: UUID
    name: str
    birth_date: date
    municipality: str
    language: str
    phone: str
    mail: str


def resident_as_who(resident: UUID) -> Who | None:
    """The resident as the one who acts, or None when there is no such resident."""
    row = Resident.objects.filter(id=resident).values_list("first_name", "last_name").first()
    return Who(kind="resident", role="resident", id=resident, name=" ".join(row)) if row else None


def persons(residents: Collection[UUID]) -> dict[UUID, Person]:
    """Residents by id, in one query. For nouns above, which check the viewer's relationship first."""
    return {row.id: _person(row) for row in Resident.objects.filter(id__in=residents)}


def person(resident: UUID) -> Person:
    return persons([resident])[resident]


def _person(row: Resident) -> Person:
    return Person(
        id=row.id,
        name=f"{row.first_name} {row.last_name}",
        birth_date=row.birth_date,
        municipality=row.municipality,
        language=row.language,
        phone=row.phone,
        mail=row.mail,
    )


def is_anybody_here() -> bool:
    """Whether the county has any resident at all."""
    return Resident.objects.exists()
