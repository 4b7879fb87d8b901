"""From the shelf: the county's structure, the roles people act in, and what its directory of staff gives."""

from typing import Literal, Self

from pydantic import model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text

Register = Literal["health", "social", "child_welfare", "none"]
Ground = Literal["team", "booking", "plan", "assignment", "emergency"]


class UnitEntry(Entry):
    """One unit of the county. `municipality` is "" for a unit that serves the whole county.

    A unit with a `parent` is a team of that unit, with a list of its own.
    """

    key: str
    name: Text
    area: str
    parent: str = ""
    municipality: str = ""
    register: Register = "none"
    phone: str = ""
    reception_model: bool = False


class Municipality(Entry):
    """A municipality with its official three-digit code (Statistics Finland)."""

    code: str
    name: Text
    residents: int


class GrantLimits(Entry):
    """The county's own figures on access rights, in days."""

    longest_days: int
    ends_soon_days: int


class County(Definition):
    """A wellbeing services county: its municipalities, service areas and units."""

    code: str
    municipalities: tuple[Municipality, ...]
    areas: dict[str, Text]
    grants: GrantLimits
    units: tuple[UnitEntry, ...]

    @model_validator(mode="after")
    def _teams_stand_in_a_unit(self) -> Self:
        whole = {unit.key: unit for unit in self.units if not unit.parent}
        for team in self.units:
            unit = whole.get(team.parent) if team.parent else team
            if unit is None:
                raise ValueError(f"the team {team.key!r} names the unit {team.parent!r}, which is not a unit here")
            if (unit.area, unit.register) != (team.area, team.register):
                raise ValueError(f"the team {team.key!r} has another area or register than its unit {unit.key!r}")
        return self


class Role(Definition):
    """What a person in this role may do, and how far they see. Deny by default.

    `may` lists action names that pages and writes carry. `grounds` are the relationships that open a record; a role
    without them opens none. `registers` are those the role works in. `sees` is the reach of lists and boards.
    `holder` says whose role it is; only a staff role is ever granted.
    """

    may: tuple[str, ...]
    grounds: tuple[Ground, ...] = ()
    registers: tuple[Register, ...] = ()
    sees: Literal["nothing", "own", "unit", "county"]
    profession: str = ""
    holder: Literal["staff", "resident", "visitor"] = "staff"

    @model_validator(mode="after")
    def _emergency_stands_whole(self) -> Self:
        if ("emergency" in self.grounds) != ("emergency.open" in self.may):
            raise ValueError("the ground emergency and the action emergency.open stand both or neither")
        return self


class DirectoryGroup(Entry):
    """A group of the directory by the name it sends at sign-in, and the role in a unit that it gives."""

    group: str
    role: str
    unit: str


class Directory(Definition):
    """A directory of staff (for instance the county's Entra ID). `key` is the name of the provider of sign-in."""

    groups: tuple[DirectoryGroup, ...]


def county() -> County:
    """The county that this installation serves."""
    return shelf.load("organisation", County)[shelf.county()]


def roles() -> dict[str, Role]:
    return shelf.load("roles", Role)


def staff_roles() -> dict[str, Role]:
    """The roles that can be given to somebody."""
    return {key: role for key, role in roles().items() if role.holder == "staff"}


def directories() -> dict[str, Directory]:
    return shelf.load("directory", Directory)


class QualificationDefinition(Definition):
    """Something that one is qualified for besides a profession; offerings and home rounds name it by its key."""


def qualifications() -> dict[str, QualificationDefinition]:
    return shelf.load("qualifications", QualificationDefinition)


def units() -> dict[str, UnitEntry]:
    """Every unit and team by its key, in the order of the county's file."""
    return {unit.key: unit for unit in county().units}


def unit_names() -> dict[str, Text]:
    """The name of each unit by its key."""
    return {unit.key: unit.name for unit in county().units}


def municipality_names() -> dict[str, Text]:
    return {municipality.code: municipality.name for municipality in county().municipalities}
