"""Taking the catalogue in from its sources."""

from luotsi.domain.catalogue.actions.loading import Loaded, load_shelf

__all__ = ["Loaded", "load_shelf"]
