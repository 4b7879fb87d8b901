"""What the guidance desk has tried for a resident, and where a service could lead."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luotsi.base.text import Text
from luotsi.base.who import Who
from luotsi.domain.cases import access
from luotsi.domain.cases.definitions import direction_results
from luotsi.domain.cases.models import Direction
from luotsi.domain.cases.queries.opened import opened_case
from luotsi.domain.organisation import queries as staff
from luotsi.domain.people import queries as people


@dataclass(frozen=True)
class DirectionView:
    """One service to which the resident was pointed. `result` is None until somebody knows what came of it; `says`
    is the same to the resident.

    `has_opened`: a matter opened there; `opened` is it, where it is open to the reader too.
    """

    id: UUID
    case: UUID
    service: str
    why: str
    result: Text | None
    says: Text | None
    result_key: str
    result_at: datetime | None
    has_opened: bool
    opened: UUID | None
    by: str
    at: datetime


def directions_of(case: UUID, *, viewer: Who) -> list[DirectionView]:
    """What was tried in this case, and in the resident's other cases that are open to the viewer, newest first. It is
    read with the case, whose reading is logged.
    """
    row = opened_case(case, viewer=viewer)
    if row is None:
        return []
    cases = access.visible_to(viewer).filter(resident_id__in=people.all_ids(row.resident_id)).values("id")
    rows = list(Direction.objects.filter(case_id__in=cases).order_by("-given_at", "id")[:100])
    names = staff.names_of({one.given_by_id for one in rows})
    opened = [one.opened_id for one in rows if one.opened_id]
    seen = set(access.visible_to(viewer).filter(id__in=opened).values_list("id", flat=True))
    results = direction_results()
    return [
        DirectionView(
            id=one.id,
            case=one.case_id,
            service=one.service,
            why=one.why,
            result=results[one.result].name if one.result in results else None,
            says=results[one.result].says if one.result in results else None,
            result_key=one.result,
            result_at=one.result_at,
            has_opened=one.opened_id is not None,
            opened=one.opened_id if one.opened_id in seen else None,
            by=names.get(one.given_by_id, ""),
            at=one.given_at,
        )
        for one in rows
    ]
