"""Contacts, the cases they open, what was judged and decided, and the threads between professions."""

from luotsi.domain.cases.models.case import Assessment, Case, CaseBooking, CaseQuerySet, VisitNote
from luotsi.domain.cases.models.contact import CallAttempt, CaseContact, Contact
from luotsi.domain.cases.models.desk import Draft, Handover, Presence, SavedView, Telling
from luotsi.domain.cases.models.referral import Direction, Referral, ReferralEntry

__all__ = [
    "Assessment",
    "CallAttempt",
    "Case",
    "CaseBooking",
    "CaseContact",
    "CaseQuerySet",
    "Contact",
    "Direction",
    "Draft",
    "Handover",
    "Presence",
    "Referral",
    "ReferralEntry",
    "SavedView",
    "Telling",
    "VisitNote",
]
