"""Times that can be given, what they are made from, to whom they were given, and who waits for one."""

from luotsi.domain.bookings.models.days import DayGrant, DayWish
from luotsi.domain.bookings.models.feeds import CalendarFeed
from luotsi.domain.bookings.models.groups import Group
from luotsi.domain.bookings.models.heads import HeadCount
from luotsi.domain.bookings.models.homerounds import HomeVisit, RoundPlanning
from luotsi.domain.bookings.models.numbers import QueueNumber
from luotsi.domain.bookings.models.plans import CalendarChange, Plan, Resource, ResourceUse
from luotsi.domain.bookings.models.recalls import Recall
from luotsi.domain.bookings.models.times import Booking, Slot
from luotsi.domain.bookings.models.waiting import SlotOffer, WaitingEntry

__all__ = [
    "Booking",
    "CalendarChange",
    "CalendarFeed",
    "DayGrant",
    "DayWish",
    "Group",
    "HeadCount",
    "HomeVisit",
    "Plan",
    "QueueNumber",
    "Recall",
    "Resource",
    "ResourceUse",
    "RoundPlanning",
    "Slot",
    "SlotOffer",
    "WaitingEntry",
]
