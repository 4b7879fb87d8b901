"""A drawn map keeps its words apart, and what it shows lies where it is said to lie."""

import pytest

from luotsi.domain.bookings.definitions import vehicle_stops
from luotsi.domain.catalogue.definitions import municipal_areas, places
from luotsi.domain.organisation.definitions import municipality_names
from luotsi.rooms.resident import stops
from luotsi.ui import maps
from luotsi.ui.maps import Area, DrawnMap, Spot, Words, draw

SQUARE = ((0.0, 0.0), (100_000.0, 0.0), (100_000.0, 50_000.0), (0.0, 50_000.0))


def names(drawn: DrawnMap) -> list[Words]:
    return [area.name for area in drawn.areas] + [spot.name for spot in drawn.spots if spot.name]


def covering(drawn: DrawnMap) -> list[tuple[str, str]]:
    """The names that cover each other."""
    words = names(drawn)
    pairs = [(one, other) for n, one in enumerate(words) for other in words[n + 1 :]]
    return [(one.text, other.text) for one, other in pairs if maps._box(one).meets(maps._box(other))]


def _areas_of(at: maps.Point) -> list[str]:
    return [code for code, area in municipal_areas().items() if maps.is_inside(at, area.outline)]


def test_every_municipality_of_the_county_has_an_area() -> None:
    assert set(municipal_areas()) == set(municipality_names())


def test_each_place_and_stop_lies_within_its_own_municipality_and_no_other() -> None:
    spots = [one for one in [*places().values(), *vehicle_stops().values()] if one.northing]
    found = {one.key: _areas_of((one.easting, one.northing)) for one in spots}
    assert len(found) >= 20
    assert found == {one.key: [one.municipality] for one in spots}


def test_north_is_up_and_east_is_right() -> None:
    drawn = draw([Area("Land", SQUARE)], [Spot((10_000, 40_000), "north-west"), Spot((90_000, 10_000), "south-east")])
    north_west, south_east = drawn.spots
    assert (north_west.x < south_east.x, north_west.y < south_east.y) == (True, True)
    assert (drawn.width, drawn.height, drawn.kilometres) == (400, 210, 20)
    assert drawn.scale == pytest.approx(380 / 5)


def test_no_name_on_the_map_of_the_stops_covers_another_or_runs_over_the_edge() -> None:
    for chosen in ["", *vehicle_stops()]:
        drawn = stops.draw_map(chosen)
        assert covering(drawn) == []
        boxes = [maps._box(one) for one in names(drawn)]
        assert all(box.left >= 0 and box.right <= drawn.width and box.bottom <= drawn.height for box in boxes)


def test_names_that_would_cover_each_other_are_noticed() -> None:
    one, other = Words("Vuokatti", 10, 10, "start"), Words("Sotkamo", 20, 12, "start")
    drawn = DrawnMap(400, 200, (), (maps.DrawnSpot(1, 1, one, False), maps.DrawnSpot(2, 2, other, False)), 50, 20)
    assert covering(drawn) == [("Vuokatti", "Sotkamo")]


def test_spots_in_the_same_place_are_one_dot_with_both_names() -> None:
    drawn = draw([Area("Land", SQUARE)], [Spot((50_000, 20_000), "A"), Spot((50_100, 20_000), "B", is_chosen=True)])
    assert [(spot.name.text, spot.is_chosen) for spot in drawn.spots if spot.name] == [("A, B", True)]


def test_the_municipality_of_the_chosen_stop_is_told_apart() -> None:
    drawn = stops.draw_map("vuokatti")
    assert [area.name.text for area in drawn.areas if area.is_here] == ["Sotkamo"]
    assert [spot.name.text for spot in drawn.spots if spot.is_chosen and spot.name] == ["Vuokatti"]
