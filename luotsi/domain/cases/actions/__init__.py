"""Writing about cases: the way of one contact, what a minor keeps private, and the relationships that cases give."""

from luotsi.domain.cases import rules
from luotsi.domain.cases.actions.answers import answer_offer, cancel_time
from luotsi.domain.cases.actions.calls import record_call
from luotsi.domain.cases.actions.contacts import receive
from luotsi.domain.cases.actions.demand import class_demand
from luotsi.domain.cases.actions.desk import (
    check_seen,
    forget_draft,
    forget_thread_draft,
    forget_view,
    keep_draft,
    keep_thread_draft,
    keep_view,
    leave_case,
    raise_view,
    stay_on_case,
)
from luotsi.domain.cases.actions.erasing import (
    document_rules,
    documented,
    erase_documents,
    perhaps_past,
    with_past_documents,
)
from luotsi.domain.cases.actions.handovers import HandedOver, hand_over, hand_over_many
from luotsi.domain.cases.actions.judging import assess
from luotsi.domain.cases.actions.private import keep_private, share_again
from luotsi.domain.cases.actions.relations import missing_relationships, rebuild_relationships
from luotsi.domain.cases.actions.reopening import reopen
from luotsi.domain.cases.actions.road import (
    close,
    dimensions,
    load,
    offer_time,
    record_visit,
    state_of,
    withdraw_time,
)
from luotsi.domain.cases.actions.tellings import tell
from luotsi.domain.cases.actions.writing import join_matter, open_another, write_down
from luotsi.domain.cases.models import Case

__all__ = [
    "Case",
    "HandedOver",
    "answer_offer",
    "assess",
    "cancel_time",
    "check_seen",
    "class_demand",
    "close",
    "dimensions",
    "document_rules",
    "documented",
    "erase_documents",
    "forget_draft",
    "forget_thread_draft",
    "forget_view",
    "hand_over",
    "hand_over_many",
    "join_matter",
    "keep_draft",
    "keep_private",
    "keep_thread_draft",
    "keep_view",
    "leave_case",
    "load",
    "missing_relationships",
    "offer_time",
    "open_another",
    "perhaps_past",
    "raise_view",
    "rebuild_relationships",
    "receive",
    "record_call",
    "record_visit",
    "reopen",
    "rules",
    "share_again",
    "state_of",
    "stay_on_case",
    "tell",
    "with_past_documents",
    "withdraw_time",
    "write_down",
]
