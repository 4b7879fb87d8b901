"""What the cases noun has on the shelf: kinds of case, and routes between professions."""

from luotsi.domain.cases.definitions.kinds import CaseKind, case_kinds
from luotsi.domain.cases.definitions.routes import (
    Choice,
    DirectionResult,
    ReferralRoute,
    consents_between,
    direction_results,
    referral_routes,
)
from luotsi.domain.cases.definitions.sheet import icpc2, reasons_like, reopen_reasons, telling_ways, urgencies
from luotsi.domain.cases.definitions.stages import CloseReason, Effect, Outcome, OwnReason, Part, Party, Stage

__all__ = [
    "CaseKind",
    "Choice",
    "CloseReason",
    "DirectionResult",
    "Effect",
    "Outcome",
    "OwnReason",
    "Part",
    "Party",
    "ReferralRoute",
    "Stage",
    "case_kinds",
    "consents_between",
    "direction_results",
    "icpc2",
    "reasons_like",
    "referral_routes",
    "reopen_reasons",
    "telling_ways",
    "urgencies",
]
