"""What was decided in a matter, and its way when it has several stages: in plain words for its resident."""

from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from luotsi.domain.cases.definitions import Stage
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.queries.judged import Judgement
from luotsi.ui.words import moment


def decisions_of(case: CaseView) -> list[dict[str, Any]]:
    """Each judgement: what the worker wrote for the resident, else the decision's own plain sentence. An answer to a
    request is the note itself.
    """
    return [{"at": one.at, **_said(one, case)} for one in case.judgements]


def _said(one: Judgement, case: CaseView) -> dict[str, Any]:
    outcome = case.kind.outcome(one.outcome)
    if outcome.tells_resident:
        return {"what": outcome.name, "told": one.note}
    return {"what": outcome.says if outcome.says.fi else outcome.name, "told": one.told}


def stages_of(case: CaseView, *, acts_for_another: bool) -> list[tuple[str, str, str]]:
    """The label, state and hint of each step: sent, then the stages as far as the matter has come, or will."""
    sent = _("The message is sent") if acts_for_another else _("You sent a message")
    found = [(sent, "done", moment(case.opened_at))]
    for stage in case.kind.stages:
        at = max((one.at for one in case.judgements if one.stage == stage.key), default=None)
        if at is None and case.closed_at is not None:
            break
        found.append((_label(stage), _state(stage, at, case), moment(at) if at else ""))
    return found


def _label(stage: Stage) -> str:
    return stage.resident.in_language(get_language() or "fi")


def _state(stage: Stage, at: datetime | None, case: CaseView) -> str:
    if at is not None:
        return "done"
    return "current" if stage == case.stage else "todo"
