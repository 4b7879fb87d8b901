"""The county's own structure and the roles people act in, from the shelf."""

from typing import Literal

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text

Register = Literal["health", "social", "child_welfare", "none"]


class UnitEntry(Entry):
    """One unit of the county. `municipality` is "" for a unit that serves the whole county."""

    key: str
    name: Text
    area: str
    municipality: str = ""
    register: Register = "none"
    phone: str = ""
    reception_model: bool = False


class Municipality(Entry):
    """A municipality with its official three-digit code (Statistics Finland)."""

    code: str
    name: Text
    residents: int


class County(Definition):
    """A wellbeing services county: its municipalities, service areas and units."""

    code: str
    municipalities: tuple[Municipality, ...]
    areas: dict[str, Text]
    units: tuple[UnitEntry, ...]


class Role(Definition):
    """What a person in this role may do. `may` lists action names that pages and writes carry."""

    may: tuple[str, ...]
    sees: Literal["nothing", "own", "unit", "county"]
    profession: str = ""


def county() -> County:
    """The county that this installation serves."""
    return shelf.load("organisation", County)[shelf.county()]


def roles() -> dict[str, Role]:
    return shelf.load("roles", Role)


def unit_names() -> dict[str, Text]:
    """The name of each unit by its key."""
    return {unit.key: unit.name for unit in county().units}


def municipality_names() -> dict[str, Text]:
    return {municipality.code: municipality.name for municipality in county().municipalities}
