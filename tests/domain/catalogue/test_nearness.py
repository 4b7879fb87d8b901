"""The nearest unit is the one that is nearest on the map, not the one that is first in a list."""

from luotsi.domain.catalogue.queries import kilometres_from

SOTKAMO, KUHMO = "765", "290"
UNITS = ["kajaani-hva", "sotkamo", "kuhmo", "suomussalmi"]


def test_units_are_as_far_as_the_map_says() -> None:
    far = kilometres_from(SOTKAMO, UNITS)
    assert sorted(far, key=far.__getitem__) == ["sotkamo", "kajaani-hva", "kuhmo", "suomussalmi"]
    assert far["sotkamo"] < 5
    assert 25 < far["kajaani-hva"] < 45  # 40 km by road


def test_what_nobody_has_placed_is_left_out() -> None:
    assert kilometres_from("091", UNITS) == {}
    assert set(kilometres_from(KUHMO, [*UNITS, "moon"])) == set(UNITS)
