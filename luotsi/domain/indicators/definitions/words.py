"""How figures name their columns and values, from the shelf so that a translator can mend them."""

from collections.abc import Callable
from typing import Any

from pydantic import model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition
from luotsi.base.text import Text
from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.cases.definitions import case_kinds, referral_routes
from luotsi.domain.cases.definitions.contacts import demands
from luotsi.domain.catalogue.definitions import services
from luotsi.domain.clocks.definitions import clock_words
from luotsi.domain.indicators.definitions.facts import FACT_TABLES
from luotsi.domain.indicators.definitions.vocabulary import BY, By, Dimension
from luotsi.domain.organisation.definitions import municipality_names, unit_names
from luotsi.domain.questionnaires.definitions import questionnaires


class Words(Definition):
    """Names of all columns, and of the values that no other file of the shelf names.

    `facts` are the columns of facts by which no figure is divided, `codes` what the short words in them mean.
    """

    columns: dict[By, Text]
    facts: dict[str, Text]
    codes: dict[str, Text]
    unknown: Text
    values: dict[Dimension, dict[str, Text]]

    @model_validator(mode="after")
    def _names_every_column(self) -> "Words":
        told = {column for table in FACT_TABLES.values() for column in table.columns}
        missing: list[str] = [column for column in BY if column not in self.columns]
        missing += sorted(told - set(self.columns) - set(self.facts))
        if missing:
            raise ValueError(f"there is no word for {', '.join(missing)}")
        return self

    def column(self, name: str) -> Text:
        """What a column of facts or of figures is called."""
        return self.facts[name] if name in self.facts else self.columns[name]  # type: ignore[index]

    def value(self, column: By, key: str) -> Text:
        """The name of a value in a column; a key that nothing names (a week, a rule's id) names itself."""
        if not key:
            return self.unknown
        return self._named(column).get(key) or Text(fi=key, sv=key, en=key)

    def _named(self, column: By) -> dict[str, Text]:
        if column == "unit":
            return unit_names()
        if column == "municipality":
            return municipality_names()
        if column == "line":
            return {str(line): name for line, name in clock_words().lines.items()}
        if column in _NAMED:
            return {key: entry.name for key, entry in _NAMED[column]().items()}
        return {word: text for known, texts in self.values.items() if known == column for word, text in texts.items()}


def _kinds() -> dict[str, Any]:
    """A matter's kind, and a referral's route."""
    return {**referral_routes(), **case_kinds()}


_NAMED: dict[By, Callable[[], dict[str, Any]]] = {
    "service": services,
    "kind": _kinds,
    "demand": demands,
    "questionnaire": questionnaires,
    "offering": offerings,
}


def words() -> Words:
    named: Words = shelf.load("indicator_words", Words)["words"]
    return named
