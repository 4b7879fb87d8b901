"""What can happen to the catalogue."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class CatalogueLoaded:
    """Services were taken in from a source: how many were new, had changed, or are no longer published."""

    kind: ClassVar[str] = "catalogue.loaded"
    source: str
    added: int
    changed: int
    unpublished: int
