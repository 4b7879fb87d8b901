"""When somebody is reminded of their time. Pure."""

from datetime import datetime, time, timedelta

from luotsi.base.now import in_helsinki

BEFORE = timedelta(hours=48)  # a reminder comes so long before: there is time to give the time to somebody else
LEAST = timedelta(hours=3)  # and not when one is on the way already
BOOKED_FOR = timedelta(hours=24)  # whoever booked since then remembers
# A stay of many days is planned with the family; a consultation is nobody's to come to.
MODES = ("visit", "phone", "remote", "home", "group", "vehicle_stop")
_FIRST, _LAST = time(8), time(20)  # nobody is woken


def may_remind(at: datetime) -> bool:
    """Whether it is an hour at which people are reminded, by the clock in Finland."""
    return _FIRST <= in_helsinki(at).time() < _LAST


def is_near(starts_at: datetime, *, accepted_at: datetime, at: datetime) -> bool:
    """Whether a booked time is one to remind of now."""
    return at + LEAST <= starts_at <= at + BEFORE and at - accepted_at >= BOOKED_FOR
