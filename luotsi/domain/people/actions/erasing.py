"""What goes of people when its time has passed. The caller's transaction is one batch; a hold stops all of a person."""

import secrets
from collections import Counter
from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from luotsi.base.dates import start_of
from luotsi.base.who import SYSTEM
from luotsi.domain.events import actions as events
from luotsi.domain.people.definitions import retention_rules, tables
from luotsi.domain.people.events import ResidentErased
from luotsi.domain.people.models import Consent, ContactCheck, LegalHold, Mandate, Relationship, Resident
from luotsi.domain.people.queries.lifetimes import Lifetime
from luotsi.domain.people.rules import kept_from

RECORD = tables()["people_resident"].rules[0]


@transaction.atomic
def erase_people(people: Collection[Lifetime], *, at: datetime, held: Collection[UUID]) -> Counter[str]:
    """Turn these persons' records into pseudonyms. Answers how many rows went, by table.

    Events and log rows keep pointing at the id, which leads to nobody. Relationships stay for their own time, since
    log rows are explained by them, but open nothing any more. `held`: a mandate is theirs too and stays.
    """
    ids = [one for life in people for one in life.ids]
    with_held = Q(agent_id__in=held) | Q(principal_id__in=held)
    gone = Counter(
        people_contactcheck=_delete(ContactCheck.objects.filter(resident_id__in=ids)),
        people_consent=_delete(Consent.objects.filter(resident_id__in=ids)),
        people_mandate=_delete(
            Mandate.objects.filter(Q(agent_id__in=ids) | Q(principal_id__in=ids)).exclude(with_held)
        ),
    )
    Relationship.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), resident_id__in=ids, begins_at__lte=at).update(
        ends_at=at
    )
    for resident in ids:
        gone["people_resident"] += Resident.objects.filter(id=resident).update(**_nobody(at))
    for life in people:
        events.record(ResidentErased(rule=RECORD), by=SYSTEM, at=at, subject=life.id, resident=life.id)
    return gone


@transaction.atomic
def erase_old(table: str, *, on: date, held: Collection[UUID], limit: int | None = None) -> int:
    """Delete the rows of one table (a key of `OLD`) that are past their rule on that day, `limit` of them at most."""
    period = retention_rules()[tables()[table].rules[0]].until[0]
    day = kept_from(period, on)
    rows = OLD[table](day, start_of(day), held)
    return _delete(rows if limit is None else rows.model.objects.filter(pk__in=rows.values("pk")[:limit]))


def _checks(day: date, before: datetime, held: Collection[UUID]) -> "QuerySet[ContactCheck]":
    return ContactCheck.objects.filter(sent_at__lt=before).exclude(resident_id__in=held)


def _consents(day: date, before: datetime, held: Collection[UUID]) -> "QuerySet[Consent]":
    over = Q(withdrawn_at__lt=before) | Q(valid_to__lt=day)
    return Consent.objects.filter(over).exclude(resident_id__in=held)


def _mandates(day: date, before: datetime, held: Collection[UUID]) -> "QuerySet[Mandate]":
    over = Q(revoked_at__lt=before) | Q(valid_to__lt=day)
    return Mandate.objects.filter(over).exclude(principal_id__in=held).exclude(agent_id__in=held)


def _relationships(day: date, before: datetime, held: Collection[UUID]) -> "QuerySet[Relationship]":
    return Relationship.objects.filter(ends_at__lt=before).exclude(resident_id__in=held)


def _holds(day: date, before: datetime, held: Collection[UUID]) -> "QuerySet[LegalHold]":
    return LegalHold.objects.filter(lifted_at__lt=before).exclude(resident_id__in=held)


# Tables whose rows have a time of their own, from the day they were written or ended.
OLD = {
    "people_contactcheck": _checks,
    "people_consent": _consents,
    "people_mandate": _mandates,
    "people_relationship": _relationships,
    "people_legalhold": _holds,
}


def _delete(rows: "QuerySet[Any]") -> int:
    return int(rows.delete()[0])


def _nobody(at: datetime) -> dict[str, Any]:
    """The columns of a record that tells of nobody. The hash is drawn anew, so that no code finds it."""
    return {
        **dict.fromkeys(_TEXTS, ""), **dict.fromkeys(_MOMENTS), "language": "fi", "birth_date": None,
        "identity_code": b"", "identity_hash": secrets.token_bytes(32), "has_temporary_code": False, "erased_at": at,
    }  # fmt: skip


_TEXTS = ("first_name", "last_name", "municipality", "mail", "phone", "street", "postal_code", "town", "separated_why")
_MOMENTS = (
    *("mail_verified_at", "phone_verified_at", "protected_from", "protected_until", "died_on", "works_as"),
    "separated_at",
)
