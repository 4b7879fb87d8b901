"""Which steps this worker may take with a case: the case's state allows them and so does the worker's role."""

from luotsi.base.who import Who
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.rules import Step
from luotsi.domain.organisation.rules import may, sees_unit

# The action that each step's write is guarded by.
ACTIONS: dict[Step, str] = {
    "assess": "case.assess",
    "offer_time": "booking.offer",
    "withdraw_time": "booking.offer",
    "record_visit": "visit.record",
    "close": "case.close",
}


def may_take(step: Step, viewer: Who, unit: str) -> bool:
    """The rule that protects the write, asked before the button is shown."""
    return may(viewer, ACTIONS[step]) and sees_unit(viewer, unit)


def open_steps(case: CaseView, viewer: Who) -> tuple[Step, ...]:
    """The steps to show, the likeliest first."""
    return tuple(step for step in case.steps if may_take(step, viewer, case.unit))
