"""Asking for home visits, and giving one up. The rounds of the day say who comes and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from uuid import UUID

from django.db import transaction

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings import access
from luotsi.domain.bookings.actions.confirming import give_up
from luotsi.domain.bookings.actions.keeping import keys_of
from luotsi.domain.bookings.definitions.homerounds import HomeRounds, home_rounds
from luotsi.domain.bookings.events.rounds import HomeVisitAsked, HomeVisitCancelled
from luotsi.domain.bookings.models import HomeVisit
from luotsi.domain.bookings.queries.roundsday import has_begun
from luotsi.domain.events import actions as events
from luotsi.domain.organisation import queries as organisation
from luotsi.domain.organisation.rules import NotAllowed, check_may, sees_unit
from luotsi.domain.people import access as people_access
from luotsi.domain.people import actions as people
from luotsi.domain.people import queries as persons

PLAN = "round.plan"
MOST_AT_ONCE = 62  # days of one request: two months, then the need is looked at again
FARTHEST = timedelta(days=400)
WhyNot = Literal["no_days", "past", "too_far", "too_many", "backwards", "offering", "nobody", "begun"]


class VisitRefused(Exception):
    """The visit cannot be as it was asked. `why` is a key that the page has words for."""

    def __init__(self, why: WhyNot) -> None:
        self.why: WhyNot = why
        super().__init__(why)


@dataclass(frozen=True)
class Wanted:
    """What is to be done on which days, and between which two times of day it begins. `point` is northing, easting."""

    offering: str
    days: Sequence[date]
    earliest: time
    latest: time
    reason: str = ""
    own_worker: UUID | None = None
    is_urgent: bool = False
    point: tuple[int, int] | None = None


@transaction.atomic
def ask_visits(
    *, resident: UUID, unit: str, wanted: Wanted, key: UUID, by: Who, at: datetime
) -> list[HomeVisit]:  # fmt: skip
    """Visits to be laid into the rounds of those days, all or none. The same `key` again answers the same ones.

    Raises NotAllowed, VisitRefused.
    """
    rounds = check_plans_rounds(by, unit)
    register = access.register_of(unit)
    if by.kind != "system":
        people_access.check_relationship(by, resident, register=register)
    keys = keys_of(key, len(wanted.days))
    if known := list(HomeVisit.objects.filter(resident=resident, key__in=keys).order_by("day")):
        return known
    _check(wanted, rounds, at)
    is_protected = persons.person(resident).is_protected
    northing, easting = wanted.point if wanted.point and not is_protected else (None, None)
    rows = [
        HomeVisit(
            resident_id=resident, key=own_key, unit_id=unit, day=day, offering=wanted.offering, reason=wanted.reason,
            minutes=rounds.given[wanted.offering].minutes(wanted.reason), earliest=wanted.earliest,
            latest=wanted.latest, own_worker_id=wanted.own_worker, is_urgent=wanted.is_urgent, northing=northing,
            easting=easting, series=key if len(keys) > 1 else None, made_by_id=by.id if by.is_staff else None,
            made_at=at,
        )
        for day, own_key in zip(sorted(wanted.days), keys, strict=True)
    ]  # fmt: skip
    HomeVisit.objects.bulk_create(rows)
    for row in rows:
        people.relate(
            resident=resident, unit=unit, register=register, ground="booking", subject=row.id, at=at,
            until=start_of(row.day + timedelta(days=1)),
        )  # fmt: skip
        tell(row, HomeVisitAsked(row.id, row.day), by=by, at=at)
    return rows


@transaction.atomic
def cancel_visit(*, visit: UUID, by: Who, at: datetime) -> HomeVisit:
    """It is not needed after all; a time that was given is given up. Cancelling twice changes nothing.

    Raises NotAllowed, VisitRefused (it has begun).
    """
    row = locked(visit, by)
    if row.cancelled_at:
        return row
    if has_begun(row, at=at):
        raise VisitRefused("begun")
    if row.booking_id and row.booking and not row.booking.cancelled_at:
        give_up(booking=row.booking_id, by=by, at=at, reason="not_needed")
    row.cancelled_at, row.staff_id, row.starts_at, row.is_pinned = at, None, None, False
    row.save(update_fields=["cancelled_at", "staff", "starts_at", "is_pinned"])
    people.end_relationship(subject=row.id, ground="booking", at=at)
    tell(row, HomeVisitCancelled(row.id, row.day), by=by, at=at)
    return row


def check_plans_rounds(by: Who, unit: str) -> HomeRounds:
    """The unit's rounds. Raises NotAllowed unless they are theirs to plan."""
    rounds = home_rounds().get(unit)
    if by.kind != "system":
        check_may(by, PLAN)
    if rounds is None or (by.kind != "system" and not sees_unit(by, unit)):
        raise NotAllowed("the rounds of this unit are planned by others")
    return rounds


def locked(visit: UUID, by: Who) -> HomeVisit:
    """The visit, its row locked: the time that it has been given first. Raises NotAllowed."""
    found = HomeVisit.objects.filter(id=visit).select_related("booking__slot").first()
    if found is None:
        raise NotAllowed("there is no such visit for this viewer")
    check_plans_rounds(by, found.unit_id)
    if by.kind != "system":
        people_access.check_relationship(by, found.resident_id, register=access.register_of(found.unit_id))
    return HomeVisit.objects.select_for_update(of=("self",)).select_related("booking__slot").get(id=visit)


def tell(row: HomeVisit, fact: events.Fact, *, by: Who, at: datetime) -> None:
    person, known = persons.person(row.resident_id), home_rounds()[row.unit_id].given.get(row.offering)
    where = events.Dimensions(
        unit=row.unit_id, service=known.service if known else "", register=access.register_of(row.unit_id),
        municipality=person.municipality, language=person.language,
    )  # fmt: skip
    events.record(fact, by=by, at=at, subject=row.id, resident=row.resident_id, where=where)


def _check(wanted: Wanted, rounds: HomeRounds, at: datetime) -> None:
    offering, today = rounds.given.get(wanted.offering), local_day(at)
    reasons = {one.reason for one in offering.durations} if offering else set()
    refusals: list[tuple[WhyNot, bool]] = [
        ("offering", offering is None or bool(wanted.reason and wanted.reason not in reasons)),
        ("no_days", not wanted.days),
        ("too_many", len(wanted.days) > MOST_AT_ONCE),
        ("past", any(day < today for day in wanted.days)),
        ("past", any(day == today and start_of(day, wanted.latest) <= at for day in wanted.days)),
        ("too_far", any(day > today + FARTHEST for day in wanted.days)),
        ("backwards", wanted.latest < wanted.earliest),
        ("nobody", wanted.own_worker is not None and not _works_here(wanted.own_worker, rounds.unit, today)),
    ]
    for why, is_so in refusals:
        if is_so:
            raise VisitRefused(why)


def _works_here(staff: UUID, unit: str, day: date) -> bool:
    return staff in {one.id for one in organisation.members_of([unit], on=day)}
