"""Which rows of a table of facts a measure reads, said by conditions from a closed vocabulary."""

from datetime import date
from typing import Any

from pydantic import model_validator

from luotsi.base.shelf import Entry
from luotsi.domain.indicators.definitions.facts import FACT_TABLES, FactTable, Of
from luotsi.domain.indicators.definitions.vocabulary import DIMENSIONS, Dimension


class Condition(Entry):
    """What a row must be like: exactly one of these of one column.

    one_of    text, one of these; is_true of a yes or no; known: there is something (or, false, nothing) in it
    at_least, at_most   of a number; not known is neither
    """

    column: str
    one_of: tuple[str, ...] = ()
    is_true: bool | None = None
    known: bool | None = None
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Condition":
        if len(self.model_fields_set - {"column"}) != 1:
            raise ValueError("a condition is exactly one of one_of, is_true, known, at_least, at_most")
        return self

    def fits(self, annotation: Any) -> bool:
        """Whether it can be asked of a column of this type."""
        if self.one_of:
            return annotation is str
        if self.is_true is not None:
            return annotation is bool
        return self.known is not None or annotation in NUMBERS


NUMBERS = (int, int | None, float | None)
DAYS = (date, date | None)


class OfRows(Entry):
    """`among` narrows the rows; `known` is the column that coverage is about: how many of the rows have it."""

    of: Of
    among: tuple[Condition, ...] = ()
    known: str = "unit"

    @property
    def table(self) -> FactTable:
        return FACT_TABLES[self.of]

    @property
    def dimensions(self) -> frozenset[Dimension]:
        return frozenset(name for name in DIMENSIONS if name in self.table.columns)

    @model_validator(mode="after")
    def _asks_for_what_there_is(self) -> "OfRows":
        fields = self.table.model.model_fields
        for condition in (*self.among, *getattr(self, "where", ())):
            check_fits(condition.column in fields, self.of, condition.column)
            if not condition.fits(fields[condition.column].annotation):
                raise ValueError(f"the condition on {condition.column} is not one for what that column holds")
        check_fits(self.known in fields, self.of, self.known)
        for name in _DAY_FIELDS & type(self).model_fields.keys():
            if wanted := getattr(self, name):
                check_fits(wanted in fields and fields[wanted].annotation in DAYS, self.of, wanted, "day")
        if (column := getattr(self, "column", None)) is not None:
            check_fits(column in fields and fields[column].annotation in NUMBERS, self.of, column, "number")
        return self


_DAY_FIELDS = {"day", "start", "end", "ends"}


def check_fits(holds: bool, of: str, column: str, what: str = "column") -> None:
    if not holds:
        raise ValueError(f"{of} have no {what} {column!r}; they have {', '.join(FACT_TABLES[of].columns)}")
