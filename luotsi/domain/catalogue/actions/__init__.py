"""Taking the catalogue in from its sources."""

from luotsi.domain.catalogue.actions.loading import Loaded, load_shelf
from luotsi.domain.catalogue.actions.taking import NotTaken, Taken, take_in

__all__ = ["Loaded", "NotTaken", "Taken", "load_shelf", "take_in"]
