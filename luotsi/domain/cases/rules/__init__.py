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
    steps,
)

__all__ = [
    "CaseFacts",
    "CaseState",
    "NotPossible",
    "Step",
    "can",
    "can_keep_private",
    "case_state",
    "check_can",
    "check_can_keep_private",
    "referral",
    "steps",
]
