"""What state a case and a referral are in, what comes next, and what may be done. Pure."""

from luotsi.domain.cases.rules import referral
from luotsi.domain.cases.rules.case import (
    CaseFacts,
    CaseState,
    NotPossible,
    Step,
    can,
    can_keep_private,
    case_state,
    check_can,
    check_can_keep_private,
    is_under_way,
    steps,
)
from luotsi.domain.cases.rules.judging import (
    Told,
    ToldState,
    WrongTime,
    can_close_for,
    can_reopen,
    check_can_close_for,
    check_can_reopen,
    check_reason,
    check_when,
    is_icpc2,
)

__all__ = [
    "CaseFacts",
    "CaseState",
    "NotPossible",
    "Step",
    "Told",
    "ToldState",
    "WrongTime",
    "can",
    "can_close_for",
    "can_keep_private",
    "can_reopen",
    "case_state",
    "check_can",
    "check_can_close_for",
    "check_can_keep_private",
    "check_can_reopen",
    "check_reason",
    "check_when",
    "is_icpc2",
    "is_under_way",
    "referral",
    "steps",
]
