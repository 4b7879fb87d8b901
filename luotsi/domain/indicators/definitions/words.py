"""How figures name their columns and values, from the shelf so that a translator can mend them."""

from pydantic import model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition
from luotsi.base.text import Text
from luotsi.domain.cases.definitions import case_kinds
from luotsi.domain.catalogue.definitions import services
from luotsi.domain.indicators.definitions.vocabulary import BY, By, Dimension
from luotsi.domain.organisation.definitions import municipality_names, unit_names


class Words(Definition):
    """Names of all columns, and of the values that no other file of the shelf names."""

    columns: dict[By, Text]
    unknown: Text
    values: dict[Dimension, dict[str, Text]]

    @model_validator(mode="after")
    def _names_every_column(self) -> "Words":
        missing = [column for column in BY if column not in self.columns]
        if missing:
            raise ValueError(f"there is no word for {', '.join(missing)}")
        return self

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
        if column in ("service", "kind"):
            entries = services() if column == "service" else case_kinds()
            return {key: entry.name for key, entry in entries.items()}
        return {word: text for known, texts in self.values.items() if known == column for word, text in texts.items()}


def words() -> Words:
    named: Words = shelf.load("indicator_words", Words)["words"]
    return named
