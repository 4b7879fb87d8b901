"""The rooms and things of a unit: listed and taken out of use by whoever plans its calendars."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from luotsi.base.dates import start_of
from luotsi.base.now import local_day
from luotsi.base.who import Who
from luotsi.domain.bookings.actions.planning import check_plans
from luotsi.domain.bookings.events.calendars import ThingAdded, ThingEnded
from luotsi.domain.bookings.models import Plan, Resource, ResourceUse
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed

KINDS = ("room", "equipment")  # vehicles, beds and places have pages of their own


class NotPossible(Exception):
    """The room or thing cannot be listed, or not be taken out of use yet. The sentence says why."""


@transaction.atomic
def add_thing(*, key: UUID, unit: str, kind: str, type: str, name: str, by: Who, at: datetime) -> Resource:
    """A room, or a thing of some type, can be used from today on. The same `key` again changes nothing.

    Raises NotAllowed, ValueError (no such kind), NotPossible (the name is taken).
    """
    check_plans(by, unit)
    if kind not in KINDS:
        raise ValueError(f"the kind is one of {', '.join(KINDS)}")
    if known := Resource.objects.filter(id=key, unit=unit).first():
        return known
    try:
        with transaction.atomic():
            row = Resource.objects.create(
                id=key, unit_id=unit, kind=kind, type=type, name=name, active_from=local_day(at)
            )
    except IntegrityError:
        raise NotPossible("the unit has another one of this name") from None
    where = events.Dimensions(unit=unit)
    events.record(ThingAdded(row.id, kind, type), by=by, at=at, subject=row.id, where=where)
    return row


@transaction.atomic
def end_thing(*, resource: UUID, last: date, by: Who, at: datetime) -> Resource:
    """It is used until that day. Raises NotAllowed, NotPossible (a plan or a booking uses it later)."""
    row = Resource.objects.select_for_update(of=("self",)).filter(id=resource, kind__in=KINDS).first()
    if row is None:
        raise NotAllowed("there is no such thing")
    check_plans(by, row.unit_id)
    uses = ResourceUse.objects.filter(resource=row, ends_at__gt=max(at, start_of(last)))
    plans = Plan.objects.filter(resource=row, ended_at=None, valid_to__gt=last)
    if last < row.active_from or plans.exists() or any(local_day(one.starts_at) > last for one in uses):
        raise NotPossible("it is in use after that day")
    if row.active_to is None or row.active_to > last:
        row.active_to = last
        row.save(update_fields=["active_to"])
        where = events.Dimensions(unit=row.unit_id)
        events.record(ThingEnded(row.id, last), by=by, at=at, subject=row.id, where=where)
    return row
