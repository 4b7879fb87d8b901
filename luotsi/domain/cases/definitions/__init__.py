"""What the cases noun has on the shelf: kinds of case, and routes between professions."""

from luotsi.domain.cases.definitions.kinds import CaseKind, CloseReason, Outcome, case_kinds
from luotsi.domain.cases.definitions.routes import Choice, ReferralRoute, referral_routes

__all__ = [
    "CaseKind",
    "Choice",
    "CloseReason",
    "Outcome",
    "ReferralRoute",
    "case_kinds",
    "referral_routes",
]
