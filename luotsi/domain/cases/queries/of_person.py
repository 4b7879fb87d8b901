"""One resident's cases as a worker finds them: only those that are open to them, and why each is."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luotsi.base.who import Who
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.definitions import CaseKind, case_kinds
from luotsi.domain.cases.models import Case
from luotsi.domain.cases.queries.worklist import state_with, with_facts
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation.rules import check_may
from luotsi.domain.people import queries as people
from luotsi.domain.people.access import Reason, registers_open

MOST = 200


@dataclass(frozen=True)
class MatterOfPerson:
    """A case of the resident, and the reason why it is open to the viewer."""

    id: UUID
    kind: CaseKind
    service: str
    unit: str
    opened_at: datetime
    closed_at: datetime | None
    state: rules.CaseState
    is_private: bool
    reason: Reason


def matters_of(resident: UUID, *, viewer: Who) -> list[MatterOfPerson]:
    """The resident's cases that the viewer may open, those that wait first, then the newest. Registers that are closed
    to the viewer leave no trace.
    """
    reasons = registers_open(viewer, resident)
    cases = access.visible_to(viewer).filter(resident_id__in=people.all_ids(resident), register__in=reasons)
    rows = list(cases.with_visits().order_by("-opened_at", "id")[:MOST])
    for row in rows:
        ground = reasons[row.register].ground
        events.saw(viewer, residents=[resident], what="list", subject=row.id, register=row.register, ground=ground)
    found = [_matter(case, state_with(case, known), reasons) for case, known in with_facts(rows)]
    return sorted(found, key=lambda matter: matter.closed_at is not None)


def count_matters(residents: list[UUID], *, viewer: Who) -> dict[UUID, int]:
    """How many cases stand under each of these ids: for comparing two records of one person. Raises NotAllowed."""
    check_may(viewer, "person.merge")
    with as_system():
        of = list(Case.objects.filter(resident_id__in=residents).values_list("resident_id", flat=True))
    return {resident: of.count(resident) for resident in residents}


def _matter(row: Case, state: rules.CaseState, reasons: dict[str, Reason]) -> MatterOfPerson:
    return MatterOfPerson(
        id=row.id,
        kind=case_kinds()[row.kind],
        service=row.service,
        unit=row.unit_id,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        state=state,
        is_private=row.kept_private_at is not None,
        reason=reasons[row.register],
    )
