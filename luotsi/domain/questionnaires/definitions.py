"""A questionnaire on the shelf: what is asked, when, and what an answer means."""

from typing import Literal

from pydantic import model_validator

from luotsi.base import shelf
from luotsi.base.shelf import Definition, Entry
from luotsi.base.text import Text

ItemType = Literal["text", "long_text", "choice", "choices", "yes_no", "phone", "day"]


class Option(Entry):
    """One answer to choose. `danger` names the notice in the questionnaire that must be shown at once."""

    value: str
    label: Text
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
    hint: Text | None = None
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
    text: Text
    phone: Text


class Questionnaire(Definition):
    """Questions in their order. `version` changes when an answer would be read differently."""

    version: int
    intro: Text
    items: tuple[Item, ...]
    dangers: dict[str, Danger] = {}

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


def questionnaires() -> dict[str, Questionnaire]:
    return shelf.load("questionnaires", Questionnaire)
