"""Vehicles on the shelf: what is on board is offered, every halt is at a stop, and a route can be driven."""

from pathlib import Path

import pytest

from luotsi.base.shelf import ShelfError, read
from luotsi.domain.bookings.definitions import VehicleRoute, offerings, vehicle_routes, vehicle_stops, vehicles
from luotsi.domain.organisation.definitions import municipality_names, units

ROUTE = """
key: x
name: {fi: X}
vehicle: kulkuri
every_weeks: %(weeks)s
halts:
  - {stop: vuokatti, weekday: TU, begins: "09:00", ends: "%(ends)s"}
  - {stop: tipasoja, weekday: TU, begins: "12:00", ends: "14:00"}
"""
PLAIN = {"weeks": 2, "ends": "11:00"}


def test_what_is_on_board_is_an_offering_of_its_unit_and_profession() -> None:
    assert vehicles()
    for vehicle in vehicles().values():
        for one in vehicle.workplaces:
            offering = offerings()[one.offering]
            assert offering.mode == "vehicle_stop", one.key
            assert one.unit in offering.units, one.key
            assert one.profession in offering.professions, one.key
            assert units()[one.unit].register == "health"
            assert {need.type for need in offering.needs} == {vehicle.key}
        texts = [vehicle.name, vehicle.explains, vehicle.without_time, *(one.name for one in vehicle.equipment)]
        assert all(text.is_complete for text in [*texts, *(one.name for one in vehicle.workplaces)])


def test_routes_halt_at_stops_of_the_county() -> None:
    halted = {halt.stop for route in vehicle_routes().values() for halt in route.halts}

    assert halted == set(vehicle_stops())
    assert {route.vehicle for route in vehicle_routes().values()} <= set(vehicles())
    for stop in vehicle_stops().values():
        assert stop.municipality in municipality_names(), stop.key
        assert 7_060_000 < stop.northing < 7_260_000, stop.key
        assert 480_000 < stop.easting < 670_000, stop.key
        assert stop.name.is_complete, stop.key
        assert stop.spot.is_complete, stop.key


@pytest.mark.parametrize(
    "change, sentence",
    [
        ({"weeks": 0}, "every_weeks"),
        ({"ends": "08:00"}, "leaves vuokatti before it comes"),
        ({"ends": "11:55"}, "10 minutes are needed from vuokatti to tipasoja"),
    ],
)
def test_a_route_that_cannot_be_driven_is_refused(tmp_path: Path, change: dict[str, object], sentence: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(ROUTE % PLAIN)
    assert read(path, VehicleRoute).key == "x"

    path.write_text(ROUTE % {**PLAIN, **change})
    with pytest.raises(ShelfError, match=sentence):
        read(path, VehicleRoute)
