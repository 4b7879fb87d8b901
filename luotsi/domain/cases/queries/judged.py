"""What was judged of a case, sheet by sheet, in the order of time."""

from dataclasses import dataclass
from datetime import datetime

from luotsi.domain.cases.definitions import CaseKind
from luotsi.domain.cases.models import Case


@dataclass(frozen=True)
class Judgement:
    """One assessment sheet. `told` is what the resident reads of it in plain words."""

    stage: str
    outcome: str
    effect: str
    findings: str
    reason: str
    urgency: str
    note: str
    told: str
    by: str
    profession: str
    at: datetime


def judgements_of(row: Case, kind: CaseKind) -> tuple[Judgement, ...]:
    rows = row.assessments.select_related("assessed_by").order_by("assessed_at", "id")
    return tuple(
        Judgement(
            stage=one.stage,
            outcome=one.outcome,
            effect=kind.outcome(one.outcome).effect,
            findings=one.findings,
            reason=one.reason,
            urgency=one.urgency,
            note=one.note,
            told=one.told,
            by=one.assessed_by.name,
            profession=one.profession,
            at=one.assessed_at,
        )
        for one in rows
    )
