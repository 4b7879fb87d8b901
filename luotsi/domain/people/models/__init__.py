"""Residents, who may act for them, what they allowed, and who has a reason to see their data."""

from luotsi.domain.people.models.consent import Consent
from luotsi.domain.people.models.mandate import Mandate
from luotsi.domain.people.models.relationship import Relationship
from luotsi.domain.people.models.resident import ContactCheck, LegalHold, Resident

__all__ = ["Consent", "ContactCheck", "LegalHold", "Mandate", "Relationship", "Resident"]
