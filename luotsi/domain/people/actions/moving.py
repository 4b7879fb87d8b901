"""A matter moves from one unit's list to another's, and the reason to see it moves along."""

from datetime import datetime, timedelta
from uuid import UUID

from luotsi.domain.events.actions.system import as_system
from luotsi.domain.people.actions.relationships import same_person
from luotsi.domain.people.definitions import grounds
from luotsi.domain.people.models import Relationship


def move_relationship(*, resident: UUID, register: str, subject: UUID, unit: str, at: datetime) -> None:
    """The unit has the subject on its list from now on. Other units keep theirs for as long as the ground says, to
    finish the writing; a unit that gets it back begins anew.
    """
    ends = at + timedelta(days=grounds()["team"].stays_days)
    with as_system():  # it is another unit's
        Relationship.objects.filter(subject=subject, ground="team", ends_at=None).update(ends_at=ends)
        Relationship.objects.bulk_create(
            Relationship(
                resident_id=who, unit=unit, register=register, ground="team", subject=subject, begins_at=at
            )
            for who in same_person(resident)
        )  # fmt: skip
