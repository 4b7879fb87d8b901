"""A matter's way in four steps, in words for the one whose matter it is."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from luotsi.domain.cases.queries import CaseView
from luotsi.rooms.resident.stages import stages_of
from luotsi.ui.words import day, moment

_REACHED = {
    "new": 1, "under_way": 1, "assessed": 2, "arranged": 2, "urgent": 2, "offered": 2, "booked": 3, "visited": 4,
    "closed": 5,
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    label: str
    state: str  # done, current or todo
    hint: str


def steps_of(case: CaseView, *, acts_for_another: bool = False) -> list[Step]:
    """Sent, read and judged, a time, the visit. One settled with advice has the first two only; a request its own."""
    if case.kind.is_request:
        return _steps_of_request(case, acts_for_another)
    if case.kind.is_staged:
        return [Step(*one) for one in stages_of(case, acts_for_another=acts_for_another)]
    labels = [
        (_("The message is sent") if acts_for_another else _("You sent a message"), moment(case.opened_at)),
        (_("A professional reads it and judges the need"), _assessed_by(case)),
    ]
    if not (case.state == "closed" and case.close_reason == "advice"):
        time = _("The time is found") if acts_for_another else _("You get a time")
        labels += [(time, _time_by(case)), (_("Visit"), _visit_at(case))]
    reached = _REACHED[case.state]
    return [
        Step(label=label, hint=hint, state="done" if n < reached else "current" if n == reached else "todo")
        for n, (label, hint) in enumerate(labels)
    ]


def _steps_of_request(case: CaseView, acts_for_another: bool) -> list[Step]:
    """Sent, looked into, answered."""
    due = case.care_due.due if case.care_due else None
    answered = case.judgements[0].at if case.judgements else None
    if answered:
        hint = moment(answered)
    else:
        hint = _("At the latest %(day)s") % {"day": day(due)} if due else ""
    sent = _("The request is sent") if acts_for_another else _("You sent your request")
    return [
        Step(sent, "done", moment(case.opened_at)),
        Step(_("We look into it"), "done" if answered else "current", ""),
        Step(_("The answer comes here"), "done" if answered else "todo", hint),
    ]


def _assessed_by(case: CaseView) -> str:
    if case.judgements:
        return moment(case.judgements[0].at)
    chip = next((chip for chip in case.chips if chip.line == "contact" and chip.due), None)
    return _("At the latest %(day)s") % {"day": day(chip.due)} if chip else ""


def _time_by(case: CaseView) -> str:
    if case.waiting_time or case.state in {"visited", "closed"}:
        return ""
    due = case.care_due.due if case.care_due else None
    return _("At the latest %(day)s") % {"day": day(due)} if due else ""


def _visit_at(case: CaseView) -> str:
    if case.notes:
        return moment(case.notes[-1][0])
    return moment(case.waiting_time.slot.starts_at) if case.state == "booked" and case.waiting_time else ""
