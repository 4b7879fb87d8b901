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


@dataclass(frozen=True)
class GuideDrafted:
    """`guide` is the id of the draft, as in the events that follow."""

    kind: ClassVar[str] = "guide.drafted"
    key: str
    version: int
    guide: UUID


@dataclass(frozen=True)
class GuideChanged:
    kind: ClassVar[str] = "guide.changed"
    key: str
    version: int
    guide: UUID


@dataclass(frozen=True)
class GuideDropped:
    """A draft was thrown away."""

    kind: ClassVar[str] = "guide.dropped"
    key: str
    version: int
    guide: UUID


@dataclass(frozen=True)
class GuidePublished:
    """`instead_of` is the version that was read until now, 0 when none was."""

    kind: ClassVar[str] = "guide.published"
    key: str
    version: int
    guide: UUID
    instead_of: int = 0


@dataclass(frozen=True)
class GuideReviewed:
    """Somebody read it through and found it right; `again_on` is when it is read the next time (ISO date)."""

    kind: ClassVar[str] = "guide.reviewed"
    key: str
    version: int
    guide: UUID
    again_on: str


@dataclass(frozen=True)
class GuideEnded:
    """It is not shown any more."""

    kind: ClassVar[str] = "guide.ended"
    key: str
    version: int
    guide: UUID


@dataclass(frozen=True)
class DeskMoved:
    """An editor took a thing on the desk, left it, finished it or took that back. `about`: words or service."""

    kind: ClassVar[str] = "desk.moved"
    about: str
    step: str
