"""Workers by their mail address, for a list of wishes that somebody brings from elsewhere. Two queries."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models.functions import Lower

from luotsi.base.who import Who
from luotsi.domain.organisation import rules
from luotsi.domain.organisation.models import Assignment, Staff

Span = tuple[date, date | None]


@dataclass(frozen=True)
class Candidate:
    """A worker, and the spans that they have or wait for by (role, unit); the directory's own are left out."""

    id: UUID
    name: str
    left_on: date | None
    standing: dict[tuple[str, str], list[Span]]


def workers_by_mail(*, viewer: Who, mails: Collection[str]) -> dict[str, list[Candidate]]:
    """Those who have these addresses, in small letters; more than one where an address is shared. Raises NotAllowed."""
    rules.check_may(viewer, "assignment.propose")
    wanted = {mail.lower() for mail in mails if mail}
    people = list(Staff.objects.annotate(address=Lower("mail")).filter(address__in=wanted).order_by("name", "id"))
    standing: dict[UUID, dict[tuple[str, str], list[Span]]] = defaultdict(lambda: defaultdict(list))
    rows = Assignment.objects.filter(staff__in=people, ended_at=None).exclude(source="directory")
    for row in rows:
        standing[row.staff_id][row.role, row.unit_id].append((row.valid_from, row.valid_to))
    found: dict[str, list[Candidate]] = defaultdict(list)
    for person in people:
        found[person.address].append(Candidate(person.id, person.name, person.left_on, dict(standing[person.id])))
    return dict(found)
