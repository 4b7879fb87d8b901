"""A questionnaire on the shelf: what is asked, when, and what an answer means."""

from typing import Literal, TypeVar

from pydantic import model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text

Said = TypeVar("Said", bound=Entry)
ItemType = Literal["text", "long_text", "choice", "choices", "yes_no", "phone", "day"]


class Option(Entry):
    """One answer to choose. `danger` names the notice in the questionnaire that must be shown at once.

    What ends in `_for_another`, here and below, is said to whoever answers for somebody else.
    """

    value: str
    label: Text
    label_for_another: Text | None = None
    danger: str = ""


class Condition(Entry):
    """Ask only when another item was answered so."""

    item: str
    is_one_of: tuple[str, ...]


class Item(Entry):
    """One question. `max_length` counts characters."""

    key: str
    type: ItemType
    label: Text
    label_for_another: Text | None = None
    hint: Text | None = None
    hint_for_another: Text | None = None
    required: bool = False
    max_length: int = 2_000
    options: tuple[Option, ...] = ()
    show_when: Condition | None = None

    @model_validator(mode="after")
    def _choices_have_options(self) -> "Item":
        if self.type in {"choice", "choices"} and len(self.options) < 2:
            raise ValueError(f"the item {self.key!r} is a choice and needs at least two options")
        return self


class Danger(Entry):
    """What a person in danger is told, before anything else."""

    title: Text
    title_for_another: Text | None = None
    text: Text
    text_for_another: Text | None = None
    phone: Text

    def for_another(self) -> "Danger":
        return _said_for_another(self, "title", "text")


class Questionnaire(Definition):
    """Questions in their order. `version` changes when an answer would be read differently."""

    version: int
    intro: Text
    intro_for_another: Text | None = None
    items: tuple[Item, ...]
    dangers: dict[str, Danger] = {}

    def for_another(self) -> "Questionnaire":
        """The same questions in the words for whoever answers them for somebody else."""
        items = tuple(
            _said_for_another(item, "label", "hint").model_copy(
                update={"options": tuple(_said_for_another(option, "label") for option in item.options)}
            )
            for item in self.items
        )
        return _said_for_another(self, "intro").model_copy(update={"items": items})

    @model_validator(mode="after")
    def _references_hold(self) -> "Questionnaire":
        keys = [item.key for item in self.items]
        if len(set(keys)) < len(keys):
            raise ValueError("two items have the same key")
        for item in self.items:
            if item.show_when and item.show_when.item not in keys:
                raise ValueError(f"{item.key} depends on {item.show_when.item!r}, which is not an item")
            for option in item.options:
                if option.danger and option.danger not in self.dangers:
                    raise ValueError(f"{item.key}: the danger {option.danger!r} is not described under `dangers`")
        return self


def _said_for_another(entry: Said, *texts: str) -> Said:
    """The entry with these texts as they are said about somebody else, where they are written so."""
    said = {name: getattr(entry, f"{name}_for_another") or getattr(entry, name) for name in texts}
    return entry.model_copy(update=said)


def questionnaires() -> dict[str, Questionnaire]:
    return shelf.load("questionnaires", Questionnaire)
