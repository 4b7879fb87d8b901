"""What can happen to the catalogue."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class CatalogueLoaded:
    """Services were taken in from a source: how many were new, had changed, or are no longer published."""

    kind: ClassVar[str] = "catalogue.loaded"
    source: str
    added: int
    changed: int
    unpublished: int


@dataclass(frozen=True)
class EntryMoved:
    """A service that an organisation keeps itself was written, sent to be checked, returned, checked, published or
    withdrawn. It is about nobody; the event's unit is the organisation.
    """

    kind: ClassVar[str] = "entry.moved"
    entry: UUID
    step: str
