"""A worker takes their own times to another calendar, by an address that they can change or end."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from luotsi.base.who import Who
from luotsi.domain.bookings.events.outward import FeedEnded, FeedMade
from luotsi.domain.bookings.models import CalendarFeed
from luotsi.domain.bookings.rules import feeds as rules
from luotsi.domain.events import actions as events
from luotsi.domain.organisation.rules import NotAllowed, check_may

FEED = "calendar.feed"


@transaction.atomic
def make_feed(*, by: Who, at: datetime) -> str:
    """A new address for the worker's own times; the one they had stops at once. Answers its token, which nobody can
    read again. Raises NotAllowed.
    """
    end_feed(by=by, at=at)
    token = rules.new_token()
    row = CalendarFeed.objects.create(staff_id=by.id, digest=rules.digest(token, settings.IDENTITY_KEY), made_at=at)
    events.record(FeedMade(feed=row.id), by=by, at=at, subject=row.id)
    return token


@transaction.atomic
def end_feed(*, by: Who, at: datetime) -> bool:
    """The worker's address stops at once. False when they had none. Raises NotAllowed."""
    check_may(by, FEED)
    if by.id is None:
        raise NotAllowed("nobody's calendar")
    row = CalendarFeed.objects.select_for_update().filter(staff=by.id, ended_at=None).first()
    if row is None:
        return False
    CalendarFeed.objects.filter(id=row.id).update(ended_at=at)
    events.record(FeedEnded(feed=row.id), by=by, at=at, subject=row.id)
    return True
