"""Reading the catalogue: finding services in everyday words, and the pages of services and life themes.

find("hammas lohkesi", language="fi", municipality="205").results[0].key -> "urgent-dental-care"
"""

from luotsi.domain.catalogue.queries.finding import Found, FoundService, Match, find
from luotsi.domain.catalogue.queries.guided import Guided, GuidedService, led_to, theme_with
from luotsi.domain.catalogue.queries.nearness import centre_of, kilometres, kilometres_from, named_in
from luotsi.domain.catalogue.queries.notices import Safety, notices_for
from luotsi.domain.catalogue.queries.pages import (
    ContactService,
    ServicePage,
    Theme,
    contact_services,
    forms_of,
    has_services,
    life_themes,
    service_names,
    service_page,
    unit_for,
)
from luotsi.domain.catalogue.queries.places import PlacePage, place_page
from luotsi.domain.catalogue.queries.ways import WayIn

__all__ = [
    "ContactService",
    "Found",
    "FoundService",
    "Guided",
    "GuidedService",
    "Match",
    "PlacePage",
    "Safety",
    "ServicePage",
    "Theme",
    "WayIn",
    "centre_of",
    "contact_services",
    "find",
    "forms_of",
    "has_services",
    "kilometres",
    "kilometres_from",
    "led_to",
    "life_themes",
    "named_in",
    "notices_for",
    "place_page",
    "service_names",
    "service_page",
    "theme_with",
    "unit_for",
]
