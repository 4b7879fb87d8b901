"""Taking the catalogue in from its sources."""

from luotsi.domain.catalogue.actions.loading import Loaded, load_shelf
from luotsi.domain.catalogue.actions.searches import erase_searches, keep_search, mark_led
from luotsi.domain.catalogue.actions.taking import NotTaken, Taken, remember_failure, take_in

__all__ = [
    "Loaded",
    "NotTaken",
    "Taken",
    "erase_searches",
    "keep_search",
    "load_shelf",
    "mark_led",
    "remember_failure",
    "take_in",
]
