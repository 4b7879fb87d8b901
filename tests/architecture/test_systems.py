"""systems.toml: all seventy systems, and nothing said of them that the tree does not bear out."""

import tomllib
from typing import Any

import pytest

from .tree import HOUSE, ROOT

System = dict[str, Any]
_FIELDS = {"id", "name", "suomi", "room", "nouns", "shelf", "rung", "works_when", "journey", "state", "note"}
_ROOMS = {"resident", "team", "steering", "programme"}
_STATES = {"works", "partly", "planned"}


def systems() -> list[System]:
    return tomllib.loads((ROOT / "systems.toml").read_text("utf-8"))["system"]


def faults(system: System) -> list[str]:
    """What is wrong with one row, as sentences."""
    if set(system) != _FIELDS:
        return [f"fields {sorted(set(system) ^ _FIELDS)} are missing or unknown"]
    state = system["state"]
    checks = [
        (state in _STATES, f"state {state!r} is not one of {sorted(_STATES)}"),
        (system["room"] in _ROOMS, f"room {system['room']!r} is not one of {sorted(_ROOMS)}"),
        (system["rung"] in range(1, 6), f"rung {system['rung']} is not on the ladder"),
        (all(system[field].strip() for field in ("name", "suomi", "works_when")), "a text is empty"),
        (state == "planned" or all(map(_is_noun, system["nouns"])), f"a noun of {system['nouns']} has no code"),
        (all((ROOT / "content" / file).exists() for file in system["shelf"]), f"shelf {system['shelf']} is not there"),
        (not system["journey"] or (ROOT / system["journey"]).is_file(), f"journey {system['journey']!r} is not there"),
        (state == "planned" or bool(system["journey"]), "it is said to stand, and no journey shows it"),
        (state != "partly" or "Missing:" in system["note"], "the note does not say what is missing"),
        (state != "planned" or not system["note"], "a planned system has nothing to note yet"),
    ]
    return [sentence for holds, sentence in checks if not holds]


def _is_noun(noun: str) -> bool:
    """Whether the noun has code, not only an empty package."""
    folder = ROOT / HOUSE / "domain" / noun
    return folder.is_dir() and any(entry.stem in {"models", "definitions", "rules"} for entry in folder.iterdir())


def test_all_seventy_systems_are_there_once() -> None:
    assert sorted(system["id"] for system in systems()) == [f"S{number:02}" for number in range(1, 71)]


def test_every_row_is_borne_out_by_the_tree() -> None:
    assert [f"{system['id']}: {fault}" for system in systems() for fault in faults(system)] == []


@pytest.mark.parametrize(
    "change, fault",
    [
        ({"state": "nearly"}, "state"),
        ({"room": "kitchen"}, "room"),
        ({"rung": 6}, "rung"),
        ({"suomi": " "}, "a text is empty"),
        ({"nouns": ["cases", "widgets"]}, "a noun"),
        ({"shelf": ["services/gone.yaml"]}, "shelf"),
        ({"journey": "tests/journeys/test_gone.py"}, "journey"),
        ({"journey": ""}, "no journey shows it"),
        ({"note": "All well."}, "missing"),
        ({"colour": "red"}, "fields"),
    ],
)
def test_a_false_row_is_noticed(change: System, fault: str) -> None:
    system = {field: "text" for field in _FIELDS}
    system |= {"id": "S01", "room": "team", "nouns": ["cases"], "shelf": ["roles"], "rung": 1, "state": "partly"}
    system |= {"journey": "tests/architecture/test_systems.py", "note": "Stands: a. Missing: b."}
    assert faults(system) == []

    assert any(fault in sentence for sentence in faults(system | change))


@pytest.mark.parametrize("field", ["id", "name", "suomi"])
def test_no_two_systems_share_a(field: str) -> None:
    values = [system[field] for system in systems()]

    assert [value for value in set(values) if values.count(value) > 1] == []


def test_most_systems_stand_on_the_lowest_two_rungs() -> None:
    """At least forty of seventy are content and a page; otherwise the house grows a module for each."""
    assert sum(system["rung"] <= 2 for system in systems()) >= 40
