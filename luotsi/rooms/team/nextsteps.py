"""Which steps this worker may take with a case: the case's state allows them and so does the worker's role."""

from luotsi.base.who import Who
from luotsi.domain.cases.access import can_write
from luotsi.domain.cases.queries import CaseView
from luotsi.domain.cases.rules import Step

# The action that each step's write is guarded by.
ACTIONS: dict[Step, str] = {
    "assess": "case.assess",
    "offer_time": "booking.offer",
    "withdraw_time": "booking.offer",
    "record_visit": "visit.record",
    "close": "case.close",
}


def may_take(step: Step, viewer: Who, *, unit: str, ground: str) -> bool:
    """The rule that protects the write, asked before the button is shown."""
    return can_write(viewer, ACTIONS[step], unit=unit, ground=ground)


def open_steps(case: CaseView, viewer: Who) -> tuple[Step, ...]:
    """The steps to show, the likeliest first."""
    ground = case.reason.ground if case.reason else ""
    return tuple(step for step in case.steps if may_take(step, viewer, unit=case.unit, ground=ground))
