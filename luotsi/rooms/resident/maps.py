"""The county drawn for a resident's page, with what is to be found there."""

from collections.abc import Iterable

from django.utils.translation import get_language

from luotsi.domain.catalogue.definitions import municipal_areas
from luotsi.ui.maps import Area, DrawnMap, Spot, draw


def county_with(spots: Iterable[Spot], *, here: str = "") -> DrawnMap:
    """The county's municipalities with these spots; `here` is the code of the one that is told apart."""
    language = get_language() or "fi"
    areas = [
        Area(area.name.in_language(language), area.outline, is_here=code == here)
        for code, area in municipal_areas().items()
    ]
    return draw(areas, spots)
