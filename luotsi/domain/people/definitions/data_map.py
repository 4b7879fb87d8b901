"""The data map: what each table holds of whom, on which ground, for how long, and how it goes; from the shelf."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text
from luotsi.domain.organisation.definitions import Register

# How a column's value is said to a reader. The word stands for the shelf or table that knows the names.
Shows = Literal[
    "text", "moment", "day", "birth_day", "yes_no", "unit", "units", "service", "municipality", "language", "register",
    "role", "profession", "case_kind", "outcome", "close_reason", "consent", "mandate", "ground", "log_what",
    "log_action", "questionnaire", "answers", "notice", "line", "clock_rule", "clock_state", "body", "channel",
    "sender", "demand", "call_outcome", "referral_route", "direction_result", "file",
]  # fmt: skip


class Column(Entry):
    """A column as its resident reads it. `codes` are the words of values that no shelf names, `parts` those of a value
    that has parts of its own.
    """

    name: Text
    shows: Shows = "text"
    codes: dict[str, Text] = {}
    parts: dict[str, "Column"] = {}


class Holding(Entry):
    """What of a table a resident gets in the export: its heading, its columns, and those left out with the reason."""

    heading: Text
    explains: Text
    columns: dict[str, Column]
    left_out: dict[str, str] = {}

    @model_validator(mode="after")
    def _either(self) -> Self:
        if both := self.columns.keys() & self.left_out.keys():
            raise ValueError(f"{', '.join(sorted(both))} is both given and left out")
        return self


class Table(Entry):
    """One table of the database. `whose` data it holds; `pseudonymous` rows name nobody, only an id.

    `retention` is a rule's key, by register where the registers differ. `erased` says how a row goes when its time has
    passed, `erased_why` the reason; so do `second_wall_why` and `export_why` where there is no row-level security, or
    nothing is given to the resident.
    """

    table: str
    holds: str
    whose: Literal["resident", "staff", "none", "pseudonymous"]
    owner: str
    registers: tuple[Register, ...] = ("none",)
    ground: str
    verified: bool = False
    retention: dict[Register, str] | str
    erased: Literal["delete", "pseudonymise", "never"]
    erased_why: str
    row_level_security: bool
    second_wall_why: str = ""
    export: Holding | None = None
    export_why: str = Field(min_length=3)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if isinstance(self.retention, Mapping) and set(self.retention) != set(self.registers):
            raise ValueError("there is a rule for each of the registers, and for no other")
        if not self.row_level_security and self.whose in {"resident", "pseudonymous"} and not self.second_wall_why:
            raise ValueError("say in second_wall_why what stands in the place of row-level security")
        return self

    @property
    def rules(self) -> tuple[str, ...]:
        """The keys of its retention rules."""
        return (self.retention,) if isinstance(self.retention, str) else tuple(self.retention.values())


class MapPage(Definition):
    """The tables of one noun, or of a library whose tables stand in the database too."""

    tables: tuple[Table, ...]


def data_map() -> dict[str, MapPage]:
    return shelf.load("data_map", MapPage)


def tables() -> dict[str, Table]:
    """Every table by its name."""
    return {table.table: table for page in data_map().values() for table in page.tables}
