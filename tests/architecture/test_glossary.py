"""GLOSSARY.md: one word for one thing, and a row for everything that code and shelf name."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from .tree import HOUSE, ROOT

_HEAD = ["term", "suomi", "svenska", "what it is", "what it is not", "source"]
_KEY = re.compile(r"`([^`]+)`")
_UNREAD = "†"


@dataclass(frozen=True)
class Row:
    section: str
    cells: tuple[str, ...]

    @property
    def term(self) -> str:
        return _KEY.sub("", self.cells[0]).replace("()", "").strip()

    @property
    def key(self) -> str:
        found = _KEY.search(self.cells[0])
        return found[1] if found else ""


def rows(text: str) -> list[Row]:
    """Every row of every table, with the heading it stands under."""
    found, section = [], ""
    for line in text.splitlines():
        if line.startswith("## "):
            section = line[3:].strip()
        elif line.startswith("| ") and not set(line) <= set("|- "):
            cells = tuple(cell.strip() for cell in line.strip().strip("|").split("|"))
            if list(cells) != _HEAD:
                found.append(Row(section, cells))
    return found


def glossary() -> list[Row]:
    return rows((ROOT / "GLOSSARY.md").read_text("utf-8"))


def keys(section: str) -> set[str]:
    return {row.key for row in glossary() if row.section == section and row.key}


def shelf(folder: str) -> list[dict[str, Any]]:
    found = [yaml.safe_load(path.read_text("utf-8")) for path in sorted((ROOT / "content" / folder).rglob("*.yaml"))]
    assert found, f"nothing in content/{folder}: has it moved?"
    return found


def faults(row: Row) -> list[str]:
    if len(row.cells) != len(_HEAD):
        return [f"{row.cells[0]}: {len(row.cells)} columns, not {len(_HEAD)}"]
    empty = [f"{row.term}: {name!r} is empty" for name, cell in zip(_HEAD, row.cells, strict=True) if cell in {"", "?"}]
    return empty + [f"{row.term}: no Swedish word" for _ in [1] if row.cells[2].strip(f" {_UNREAD}") == ""]


def twice(words: list[str]) -> list[str]:
    return sorted({word for word in words if words.count(word) > 1})


def test_every_row_is_whole() -> None:
    assert len(glossary()) >= 180
    assert [fault for row in glossary() for fault in faults(row)] == []


@pytest.mark.parametrize(
    "line",
    ["| a | b | c † | d | e |", "| a | b | † | d | e | f |", "| a |  | c † | d | e | f |", "| a | b | c | d | ? | f |"],
)
def test_a_row_with_a_hole_is_noticed(line: str) -> None:
    assert [fault for row in rows(f"## Nouns\n{line}") for fault in faults(row)]


def test_one_word_stands_for_one_thing() -> None:
    terms = [row.term.lower() for row in glossary()]
    finnish = [row.cells[1].lower() for row in glossary() if row.section != "Roles"]

    assert twice(terms) == []
    assert twice(finnish) == []
    assert twice(["case", "slot", "case"]) == ["case"]


def test_every_noun_is_explained() -> None:
    nouns = {folder.parent.name for folder in (ROOT / HOUSE / "domain").glob("*/__init__.py")}

    assert len(nouns) >= 11
    assert nouns - keys("Nouns") == set()


def test_every_room_is_explained() -> None:
    rooms = {folder.parent.name for folder in (ROOT / HOUSE / "rooms").glob("*/__init__.py")}

    assert rooms == keys("Rooms")


def test_every_care_line_of_the_clocks_is_explained() -> None:
    assert {rule["line"] for rule in shelf("clocks")} - keys("Care lines") == set()


@pytest.mark.parametrize("folder, section", [("roles", "Roles"), ("case_kinds", "Case kinds")])
def test_shelf_and_glossary_use_the_same_words(folder: str, section: str) -> None:
    """Both ways: a role or case kind that left the shelf leaves the glossary too."""
    written = {
        row.key: (row.cells[1], row.cells[2].strip(f" {_UNREAD}")) for row in glossary() if row.section == section
    }

    names = {one["key"]: (one["name"]["fi"].lower(), one["name"]["sv"].lower()) for one in shelf(folder)}

    assert names == written


def test_the_code_says_resident() -> None:
    """Not client, customer or patient in the names of modules and tables of our own."""
    other = re.compile(r"(^|_)(client|customer|patient)s?(_|\.|$)")
    names = [path for path in (ROOT / HOUSE).rglob("*.py") if other.search(path.name) and path.name != "client.py"]

    assert [str(path.relative_to(ROOT)) for path in names] == []
    assert other.search(Path("patient_list.py").name)
