"""Finding a resident by identity code: exact, logged, and telling no more than the searcher may know."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people import access, rules
from luotsi.domain.people.models import Resident


@dataclass(frozen=True)
class Found:
    """A resident who has this code. `name` is "" when the searcher has no relationship with them. `is_undated`: their
    birth date is not known.
    """

    id: UUID
    name: str
    reason: access.Reason | None
    is_undated: bool = False


def find_by_code(identity_code: str, *, viewer: Who) -> Found | None:
    """Look a person up by their whole identity code; None when the county does not know them yet.

    Finding is logged, whether or not the searcher may see more. Raises NotAllowed, BadIdentityCode.
    """
    check_may(viewer, "person.find")
    row = _by_code(identity_code)
    if row is None:
        return None
    return _found(row, viewer)


def _found(row: Resident, viewer: Who) -> Found:
    reason = access.relationship_of(viewer, row.id)
    ground = reason.ground if reason else ""
    events.saw(viewer, residents=[row.id], what="search", register=reason.register if reason else "", ground=ground)
    name = f"{row.first_name} {row.last_name}" if reason else ""
    return Found(id=row.id, name=name, reason=reason, is_undated=row.birth_date is None)


def namesakes(*, first_name: str, last_name: str, born: date | None, but: UUID, viewer: Who) -> list[Found]:
    """Those of the same family name, first given name and birth date, before somebody is registered once more. Also
    those whose date is not known; only they, when it is not known of the one who is registered.

    The looking is logged; who they are is told only to whom a relationship tells it. `but`: the one who is being
    registered. Raises NotAllowed.
    """
    check_may(viewer, "person.register")
    with as_system():
        same_day = Q(birth_date=None) | (Q(birth_date=born) if born else Q())
        rows = Resident.objects.filter(same_day, last_name__iexact=last_name, erased_at=None)
        same = [row for row in rows.exclude(id=but).select_related("joined_into") if _is_called(row, first_name)]
    return [
        _found(row, viewer) for row in {(one.joined_into or one).id: one.joined_into or one for one in same}.values()
    ]


def _is_called(row: Resident, first_name: str) -> bool:
    one, other = row.first_name.casefold().split(), first_name.casefold().split()
    return one[:1] == other[:1]


def id_of_code(identity_code: str) -> UUID | None:
    """The id behind a code, for the command line. Raises BadIdentityCode."""
    row = _by_code(identity_code)
    return row.id if row else None


def _by_code(identity_code: str) -> Resident | None:
    wanted = rules.hash_identity(identity_code, settings.IDENTITY_KEY)
    with as_system():
        row = Resident.objects.select_related("joined_into").filter(identity_hash=wanted, erased_at=None).first()
    return (row.joined_into or row) if row else None
