"""Consents and refusals: a resident's own word, or what they said to a worker who wrote it down."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed, check_may
from luotsi.domain.people.definitions import consent_purposes
from luotsi.domain.people.events import ConsentGiven, ConsentWithdrawn
from luotsi.domain.people.models import Consent, Resident


@transaction.atomic
def give_consent(
    *, resident: UUID, purpose: str, by: Who, at: datetime, is_refusal: bool = False, how: str = "self",
    valid_to: date | None = None,
) -> Consent:  # fmt: skip
    """A yes (or a no) to one purpose; an earlier word on it ends. The same word again changes nothing.

    Raises NotAllowed, KeyError (unknown purpose).
    """
    _check_may_speak(resident, by)
    definition = consent_purposes()[purpose]
    Resident.objects.select_for_update().get(id=resident)
    standing = Consent.objects.filter(resident_id=resident, purpose=purpose, withdrawn_at=None).first()
    if standing and (standing.is_refusal, standing.valid_to) == (is_refusal, valid_to):
        return standing
    if standing:
        standing.withdrawn_at = at
        standing.save(update_fields=["withdrawn_at"])
    opens = definition.opens_register and not is_refusal
    consent = Consent.objects.create(
        resident_id=resident, purpose=purpose, is_refusal=is_refusal, given_how=how, given_at=at,
        reads_register=definition.reads if opens else "", for_register=definition.by if opens else "",
        recorded_by_id=by.id if by.is_staff else None, valid_from=local_day(at), valid_to=valid_to,
    )  # fmt: skip
    fact = ConsentGiven(purpose=purpose, is_refusal=is_refusal, how=how)
    events.record(fact, by=by, at=at, subject=consent.id, resident=resident)
    return consent


@transaction.atomic
def withdraw_consent(*, resident: UUID, purpose: str, by: Who, at: datetime) -> None:
    """Take a yes or a no back. Where nothing was said, nothing changes. Raises NotAllowed."""
    _check_may_speak(resident, by)
    standing = Consent.objects.select_for_update().filter(resident_id=resident, purpose=purpose, withdrawn_at=None)
    if consent := standing.first():
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        fact = ConsentWithdrawn(purpose=purpose)
        events.record(fact, by=by, at=at, subject=consent.id, resident=resident)


def _check_may_speak(resident: UUID, by: Who) -> None:
    """Residents speak for themselves and, acting for somebody, for them where the mandate says so; else a worker."""
    check_may(by, "consent.change" if by.is_resident else "consent.record")
    if by.is_resident and resident not in by.own_ids:
        raise NotAllowed("this consent is not theirs to give")
