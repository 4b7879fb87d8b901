"""Judging a matter, stage by stage. What is judged is written once; a new judgement follows a wrong one."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.cases import access, rules
from luotsi.domain.cases.actions.road import check_possible, close_for, locked, profession_of, record_in
from luotsi.domain.cases.definitions import CaseKind, Outcome, Stage, case_kinds
from luotsi.domain.cases.events import CaseOpened, NeedAssessed, StageDone
from luotsi.domain.cases.models import Assessment, Case
from luotsi.domain.events import actions as events
from luotsi.domain.events import queries as event_queries


class Sheet(TypedDict, total=False):
    """What is written beside the decision. Empty where nothing was."""

    note: str
    findings: str
    reason: str
    urgency: str
    told: str


@transaction.atomic
def assess(
    *, case: UUID, outcome: str, key: UUID, by: Who, at: datetime, after: int | None = None,
    when: datetime | None = None, conditions: Mapping[str, bool] | None = None, **sheet: Unpack[Sheet],
) -> Case:  # fmt: skip
    """Judge one stage of the matter: the one that the outcome belongs to. A decision that closes closes the case.

    The same `key` again changes nothing. `after` is how many judgements the worker had seen: one that came meanwhile
    is not passed over unseen. `when` it was judged, by default `at`. `conditions`: facts of the matter that change its
    limits, as far as they are known now. Raises NotAllowed, NotPossible, KeyError (unknown outcome), WrongTime,
    ValueError (an answer that says nothing to the resident).
    """
    row = locked(case)
    access.check_write(by, row, "case.assess")
    if row.assessments.filter(key=key).exists():
        return row
    check_possible("assess", row)
    if after is not None and row.assessments.count() != after:
        raise rules.NotPossible("somebody else judged the need meanwhile")
    kind = case_kinds()[row.kind]
    decision, stage, when = kind.outcome(outcome), kind.stage_of(outcome), when or at
    _check_sheet(row, kind, stage, decision, sheet, when=when, at=at)
    Assessment.objects.create(
        case=row, key=key, stage=stage.key, outcome=outcome, profession=profession_of(by), assessed_by_id=by.id,
        assessed_at=when, **sheet,
    )  # fmt: skip
    said = {**(conditions or {}), "urgent": decision.counts_as == "urgent"}
    state_conditions(row, {name: held for name, held in said.items() if name in stage.conditions}, by=by, at=at)
    urgency = "urgent" if decision.counts_as == "urgent" else "non_urgent"
    record_in(row, _fact(kind, stage, decision), by=by, happened=when, at=at, urgency=urgency)
    if decision.close_reason:
        close_for(row, reason=decision.close_reason, by=by, at=at)
    return row


def state_conditions(row: Case, conditions: Mapping[str, bool], *, by: Who, at: datetime) -> None:
    """Facts of the matter became known: its opening is told anew with them, so that its limits are read by them from
    the day on which it became pending.
    """
    known = {**row.conditions, **conditions}
    if known == row.conditions:
        return
    row.conditions = known
    row.save(update_fields=["conditions"])
    standing = event_queries.standing(row.id, kind=CaseOpened.kind)
    fact = CaseOpened(contact=row.contact_id, kind_version=row.kind_version, conditions=known)
    record_in(row, fact, by=by, happened=row.opened_at, at=at, corrects=standing.uid if standing else None)


def _check_sheet(
    row: Case, kind: CaseKind, stage: Stage, decision: Outcome, sheet: Sheet, *, when: datetime, at: datetime
) -> None:
    """Raises NotPossible (the stage's turn has not come), WrongTime, ValueError (no answer, a code that is none)."""
    done = set(row.assessments.values_list("stage", flat=True))
    if stage not in kind.open_stages(done):
        raise rules.NotPossible(f"{stage.key} is not judged now")
    rules.check_when(when, opened_at=row.opened_at, at=at)
    rules.check_reason(sheet.get("reason", ""), scheme=kind.reasons, own={one.key for one in kind.own_reasons})
    if decision.tells_resident and not sheet.get("note", "").strip():
        raise ValueError("Write the answer that the resident reads.")


def _fact(kind: CaseKind, stage: Stage, decision: Outcome) -> events.Fact:
    told = {"outcome": decision.counts_as, "line": kind.care_line, "decision": decision.key}
    if stage.event == NeedAssessed.kind:
        return NeedAssessed(**told)
    return StageDone(kind=stage.event, **told)  # type: ignore[return-value]  # its kind is the stage's, not the class's
