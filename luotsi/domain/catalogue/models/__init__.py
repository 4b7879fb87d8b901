"""The catalogue's tables: services and how they are reached, guides, and what the finder knows."""

from luotsi.domain.catalogue.models.finding import Lemma, Search, SearchText
from luotsi.domain.catalogue.models.guide import Guide
from luotsi.domain.catalogue.models.mending import Mending
from luotsi.domain.catalogue.models.offered import (
    Channel,
    Connection,
    Intake,
    OpeningHours,
    Place,
    Published,
    Service,
    ServiceCollection,
    ServiceUnit,
    Sourced,
)
from luotsi.domain.catalogue.models.tray import TrayEntry

__all__ = [
    "Channel",
    "Connection",
    "Guide",
    "Intake",
    "Lemma",
    "Mending",
    "OpeningHours",
    "Place",
    "Published",
    "Search",
    "SearchText",
    "Service",
    "ServiceCollection",
    "ServiceUnit",
    "Sourced",
    "TrayEntry",
]
