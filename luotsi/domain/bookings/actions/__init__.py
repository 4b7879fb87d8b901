"""Giving times: a slot is taken by one statement in the database, so it is never given twice."""

from luotsi.domain.bookings.actions.erasing import erase, erase_of, erase_waiting
from luotsi.domain.bookings.actions.giving import (
    CONSULTATION,
    SlotTaken,
    accept,
    cancel,
    decline,
    give_place_back,
    hold_visit,
    load,
    offer,
    open_slots,
    take_place,
)

__all__ = [
    "CONSULTATION",
    "SlotTaken",
    "accept",
    "cancel",
    "decline",
    "erase",
    "erase_of",
    "erase_waiting",
    "give_place_back",
    "hold_visit",
    "load",
    "offer",
    "open_slots",
    "take_place",
]
