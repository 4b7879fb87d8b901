"""Inviting a cohort instead of summoning it: each chooses a time for themselves, within a window, or does not want one.

The worker of the house invites some hundred in a round, so that nothing waits for thousands; it goes on where it was.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.db.models import F, Q

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings import access
from luotsi.domain.bookings.actions import waiting
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.definitions.recalls import Cohort, cohorts
from luotsi.domain.bookings.events.recalls import RecallBegun, RecallEnded, WaitingInvited
from luotsi.domain.bookings.models import Booking, Recall, WaitingEntry
from luotsi.domain.bookings.rules import recalls as rules
from luotsi.domain.events import actions as events
from luotsi.domain.events.actions.recording import as_row
from luotsi.domain.events.actions.system import as_system
from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit
from luotsi.domain.people.queries import cohorts as people
from luotsi.domain.people.queries.cohorts import Born

MAKE = "recall.make"
AT_ONCE = 300  # people looked at in one round of the worker, one transaction
INVITED = "invited"  # why they stand with those who wait


@transaction.atomic
def begin(*, key: UUID, cohort: str, unit: str, by: Who, at: datetime) -> Recall:
    """Begin to invite; the people follow by themselves. The same `key`, or a cohort being invited now, begins nothing.

    Raises NotAllowed, KeyError (no such cohort), ValueError (the unit gives no such times).
    """
    check_recalls(by, unit)
    known = cohorts()[cohort]
    if unit not in offerings()[known.offering].units:
        raise ValueError("the unit gives no such times")
    open_one = Recall.objects.select_for_update().filter(Q(id=key) | Q(cohort=cohort, unit=unit, ended_at=None))
    if earlier := open_one.first():
        return earlier
    today = local_day(at)
    with as_system():
        number = people.count_born_between(*rules.births(known, today), municipalities=_homes(unit))
    row = Recall.objects.create(
        id=key, cohort=cohort, unit_id=unit, made_by_id=by.id, made_at=at, candidates=number,
        closes_on=today + timedelta(days=known.window_days),
    )  # fmt: skip
    _tell(row, RecallBegun(recall=row.id, cohort=cohort, candidates=number), by=by, at=at)
    return row


@transaction.atomic
def stop(*, recall: UUID, by: Who, at: datetime) -> None:
    """Invite nobody more; those who have not chosen need not. Twice changes nothing. Raises NotAllowed."""
    row = Recall.objects.select_for_update().filter(id=recall).first()
    if row is None:
        raise NotAllowed("no such recall")
    check_recalls(by, row.unit_id)
    if row.ended_at is None:
        _end(row, "withdrawn", by=by, at=at)


def tick(*, at: datetime) -> int:
    """Invite some more of every cohort, and end those whose time to choose is over. Answers how many were invited."""
    invited = 0
    for recall in Recall.objects.filter(finished_at=None, ended_at=None).order_by("made_at").values_list("id"):
        invited += _invite_some(recall[0], at)
    for recall in Recall.objects.filter(ended_at=None, closes_on__lt=local_day(at)).values_list("id"):
        with transaction.atomic():
            row = Recall.objects.select_for_update(skip_locked=True).filter(id=recall[0], ended_at=None).first()
            if row is not None:
                _end(row, "not_booked", by=SYSTEM, at=at)
    return invited


def check_recalls(by: Who, unit: str) -> None:
    """Raises NotAllowed unless they may invite to the times of this unit."""
    check_may(by, MAKE)
    if not sees_unit(by, unit):
        raise NotAllowed("another unit's invitations")


@transaction.atomic
def _invite_some(recall: UUID, at: datetime) -> int:
    """Look at the next few. Another worker that is at it is left alone."""
    row = Recall.objects.select_for_update(skip_locked=True).filter(id=recall, finished_at=None, ended_at=None).first()
    cohort = cohorts().get(row.cohort) if row else None
    if row is None or cohort is None:
        return 0
    day = local_day(row.made_at)
    with as_system():
        first, last = rules.births(cohort, day)
        some = people.born_between(first, last, municipalities=_homes(row.unit_id), after=row.after, limit=AT_ONCE)
        chosen = [one for one in some if rules.belongs(cohort, one.born, day)]
        spared = _spared(chosen, cohort, row, at)
        invited = _invite([one for one in chosen if one.id not in spared], cohort, row, at)
    is_done = len(some) < AT_ONCE
    Recall.objects.filter(id=row.id).update(
        seen=F("seen") + len(some), invited=F("invited") + invited, after=some[-1].id if some else row.after,
        finished_at=at if is_done else None,
    )  # fmt: skip
    return invited


def _invite(chosen: Sequence[Born], cohort: Cohort, recall: Recall, at: datetime) -> int:
    until = start_of(recall.closes_on + timedelta(days=1))
    rows = [
        WaitingEntry(
            resident_id=one.id, key=uuid5(recall.id, str(one.id)), offering=cohort.offering, units=[recall.unit_id],
            why=INVITED, recall_id=recall.id, is_invited=True, entered_at=at, due_at=until,
        )
        for one in chosen
    ]  # fmt: skip
    WaitingEntry.objects.bulk_create(rows)
    service, register = offerings()[cohort.offering].service, access.register_of(recall.unit_id)
    told = (
        as_row(
            WaitingInvited(entry=row.id, offering=cohort.offering, until=until), by=SYSTEM, at=at, subject=row.id,
            resident=one.id, where=events.Dimensions(
                unit=recall.unit_id, service=service, register=register, municipality=one.municipality,
                language=one.language,
            ),
        )
        for row, one in zip(rows, chosen, strict=True)
    )  # fmt: skip
    events.record_many(told)
    return len(rows)


def _spared(chosen: Collection[Born], cohort: Cohort, recall: Recall, at: datetime) -> set[UUID]:
    """Who waits for it already, was invited in this round, or has such a time ahead or had one lately."""
    ids = [one.id for one in chosen]
    waits = WaitingEntry.objects.filter(
        Q(closed_at=None, offering=cohort.offering) | Q(recall=recall.id), resident_id__in=ids
    )
    since = at - relativedelta(months=cohort.again_months)
    had = Booking.objects.filter(
        resident_id__in=ids, offering=cohort.offering, slot__starts_at__gte=since, cancelled_at=None, declined_at=None,
        no_show_at=None,
    )  # fmt: skip
    found = [rows.values_list("resident_id", flat=True) for rows in (waits, had)]
    return {resident for rows in found for resident in rows}


def _end(row: Recall, reason: str, *, by: Who, at: datetime) -> None:
    with as_system():
        for entry in WaitingEntry.objects.filter(recall=row.id, closed_at=None, is_invited=True):
            waiting.end(entry, reason, by=by, at=at)
    Recall.objects.filter(id=row.id).update(ended_at=at, finished_at=row.finished_at or at)
    _tell(row, RecallEnded(recall=row.id, cohort=row.cohort, invited=row.invited), by=by, at=at)


def _homes(unit: str) -> tuple[str, ...]:
    """The municipality of the unit; none for one of the whole county."""
    home = organisation.units()[unit].municipality
    return (home,) if home else ()


def _tell(row: Recall, fact: events.Fact, *, by: Who, at: datetime) -> None:
    events.record(fact, by=by, at=at, subject=row.id, where=events.Dimensions(unit=row.unit_id))
