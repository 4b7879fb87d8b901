"""The roles and the directory's groups on the shelf fit together."""

from pathlib import Path

import pytest

from luotsi.base import shelf
from luotsi.base.shelf import ShelfError
from luotsi.domain.organisation import definitions, rules
from luotsi.domain.organisation.definitions import County, Role

ROLES = definitions.roles()
ROLE = "key: x\nname: {fi: X}\nsees: unit\nmay: [%s]\ngrounds: [%s]\n"


@pytest.mark.parametrize("key", ROLES)
def test_a_role_is_named_in_three_languages_and_lists_an_action_once(key: str) -> None:
    assert ROLES[key].name.is_complete
    assert len(set(ROLES[key].may)) == len(ROLES[key].may) >= 4


@pytest.mark.parametrize("key", ROLES)
def test_a_role_without_a_ground_opens_no_record(key: str) -> None:
    """Case and person are records; each is opened only by a relationship."""
    opening = {"case.read", "person.read"} & set(ROLES[key].may)

    assert bool(opening) == bool(ROLES[key].grounds)


def test_what_a_role_is_for_is_not_given_to_another() -> None:
    def having(action: str) -> set[str]:
        return {key for key, role in ROLES.items() if action in role.may}

    assert having("assignment.confirm") == {"county-administrator"}
    assert having("log.search") == having("oversight.read") == having("person.merge") == {"privacy-officer"}
    assert having("log.own") == having("own.export") == {"resident"}
    assert not {"unit-manager", "service-manager", "county-administrator"} & having("case.read")
    assert set(ROLES["provider-worker"].may) - set(ROLES["visitor"].may) == {"case.read"}


def test_only_a_role_of_staff_can_be_given() -> None:
    assert set(ROLES) - set(definitions.staff_roles()) == {"resident", "visitor"}


@pytest.mark.parametrize(("may", "grounds", "is_fine"), [
    ("emergency.open", "emergency", True), ("case.read", "team", True),
    ("emergency.open", "team", False), ("case.read", "emergency", False),
])  # fmt: skip
def test_emergency_stands_whole_or_not_at_all(tmp_path: Path, may: str, grounds: str, is_fine: bool) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(ROLE % (may, grounds))
    if is_fine:
        shelf.read(path, Role)
        return
    with pytest.raises(ShelfError, match="emergency"):
        shelf.read(path, Role)


@pytest.mark.parametrize(("team", "said"), [
    ("parent: a, area: x, register: health", ""),
    ("parent: b, area: x, register: health", "not a unit here"),
    ("parent: t, area: x, register: health", "not a unit here"),
    ("parent: a, area: y, register: health", "another area"),
    ("parent: a, area: x, register: social", "another area"),
])  # fmt: skip
def test_a_team_stands_in_a_unit_of_its_own_area_and_register(tmp_path: Path, team: str, said: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        "key: x\nname: {fi: X}\ncode: '0'\nmunicipalities: []\nareas: {}\n"
        "grants: {longest_days: 1, ends_soon_days: 1}\n"
        f"units:\n  - {{key: a, area: x, register: health, name: {{fi: A}}}}\n  - {{key: t, {team}, name: {{fi: T}}}}\n"
    )
    if not said:
        assert shelf.read(path, County).units[1].parent == "a"
        return
    with pytest.raises(ShelfError, match=said):
        shelf.read(path, County)


def test_every_group_of_a_directory_gives_a_role_that_fits_its_unit() -> None:
    groups = [group for directory in definitions.directories().values() for group in directory.groups]

    assert len(groups) > 50
    assert [group for group in groups if not rules.fits(group.role, group.unit)] == []
    assert len({group.group for group in groups}) == len(groups)


def test_each_unit_is_reached_by_a_group() -> None:
    reached = {group.unit for directory in definitions.directories().values() for group in directory.groups}

    assert reached == set(definitions.unit_names())
