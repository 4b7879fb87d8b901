"""What happens to a worker's calendar outside of the house."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class FeedMade:
    """A worker follows their own times in another calendar, by a new address."""

    kind: ClassVar[str] = "feed.made"
    feed: UUID


@dataclass(frozen=True)
class FeedEnded:
    """The address of a worker's own times has stopped working."""

    kind: ClassVar[str] = "feed.ended"
    feed: UUID
