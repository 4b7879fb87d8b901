"""What a questionnaire asks. The words are short for the shelf; each has its place in HL7 FHIR R4 and SDC.

    text                string              choice, choices   choice (repeats: choices)
    long_text           text                open_choice       open-choice
    phone, url          string, url         quantity          quantity with unit options
    yes_no              boolean             day, moment, time date, dateTime, time
    whole_number        integer             file              attachment
    number              decimal             reference         reference (read only here: a name to show)
    group, display      group, display

Answers are kept by the item's key, in one flat mapping: `{"phq1": "2", "drinks": 3, "born": "1980-05-01"}`.
A choice keeps the option's value, `choices` a list of them, an item that `repeats` a list of its answers, and a group
that repeats a list of mappings. An open choice keeps `{"other": "own words"}` for an answer outside the options, a
quantity `{"value": 72.5, "unit": "kg"}`, yes_no "yes" or "no". A file is kept beside the answers; among them stands
`{"file": id, "name": …, "kind": its media type, "size": bytes}`. Groups that do not repeat leave no level of their own.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, TypeVar

from pydantic import field_validator, model_validator

from luotsi.base.shelf import Entry
from luotsi.base.text import Text
from luotsi.domain.questionnaires.definitions.faulty import Fault, Faulty
from luotsi.domain.questionnaires.definitions.patterns import heaviness

Said = TypeVar("Said", bound=Entry)
ItemType = Literal[
    "group",
    "display",
    "text",
    "long_text",
    "phone",
    "url",
    "yes_no",
    "whole_number",
    "number",
    "quantity",
    "day",
    "moment",
    "time",
    "choice",
    "choices",
    "open_choice",
    "file",
    "reference",
]
CHOOSING = frozenset({"choice", "choices", "open_choice"})
COUNTING = frozenset({"whole_number", "number", "quantity"})


class Expression(Entry):
    """A named FHIRPath expression over the answers (SDC variable); `name` is used as %name below it."""

    name: str
    expression: str


class Option(Entry):
    """One answer to choose. `points` is its ordinal value in scores. `danger` names the notice that must be shown at
    once. `exclusive` answers ("none of these") exclude the others of the same question.

    What ends in `_for_another`, here and below, is said to whoever answers for somebody else.
    """

    value: str
    label: Text
    label_for_another: Text | None = None
    points: Decimal | None = None
    danger: str = ""
    exclusive: bool = False
    is_initial: bool = False
    system: str = ""  # the code system of `value`, for forms made elsewhere
    written_as: Literal["coding", "string", "integer", "date", "time"] = "coding"  # what it is in the standard


class Unit(Entry):
    """A unit of measure in UCUM: `code` kg, with how it is said."""

    code: str
    label: Text


class Condition(Entry):
    """One thing that must hold of another item's answer: one of values, a comparison, or that there is an answer.

    A comparison with a number is of numbers; days, moments and times are compared with ISO text ("2026-03-31").
    """

    item: str
    is_one_of: tuple[str, ...] = ()
    is_not: tuple[str, ...] = ()
    is_over: Decimal | str | None = None
    is_at_least: Decimal | str | None = None
    is_under: Decimal | str | None = None
    is_at_most: Decimal | str | None = None
    is_answered: bool | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Condition":
        said = [bool(self.is_one_of), bool(self.is_not)]
        said += [one is not None for one in (self.is_over, self.is_at_least, self.is_under, self.is_at_most)]
        if sum([*said, self.is_answered is not None]) != 1:
            sentence = f"the condition on {self.item!r} must say exactly one thing, for example `is_one_of: [a]`"
            raise Faulty(Fault(sentence, "condition_says", other=self.item))
        return self


class Item(Entry):
    """One question, a group of them (`items`), or a text to read. `max_length` counts characters.

    `show_when` holds when all its conditions hold (`show_if: any` for one of them); `show_expression` is FHIRPath.
    `least` and `most` bound numbers and days (a day as ISO text, or "today"); `repeats_at_least` and
    `repeats_at_most` count answers.
    `calculated` and `initial_expression` are FHIRPath; a calculated item is not asked. `hidden` is never shown.
    """

    key: str
    type: ItemType
    label: Text
    label_for_another: Text | None = None
    hint: Text | None = None
    hint_for_another: Text | None = None
    prefix: str = ""
    required: bool = False
    repeats: bool = False
    repeats_at_least: int = 0
    repeats_at_most: int | None = None
    max_length: int = 2_000
    min_length: int = 0
    pattern: str = ""
    pattern_says: Text | None = None
    least: Decimal | str | None = None
    most: Decimal | str | None = None
    least_label: Text | None = None
    most_label: Text | None = None
    is_scale: bool = False
    decimals: int | None = None
    units: tuple[Unit, ...] = ()
    options: tuple[Option, ...] = ()
    options_from: str = ""  # answerValueSet: the key of a list on the shelf or the address of a contained one
    initial: Any = None
    initial_expression: str = ""
    calculated: str = ""
    variables: tuple[Expression, ...] = ()
    show_when: tuple[Condition, ...] = ()
    show_if: Literal["all", "any"] = "all"
    show_expression: str = ""
    read_only: bool = False
    hidden: bool = False
    items: tuple["Item", ...] = ()
    codes: tuple[str, ...] = ()  # what the item is in code systems: "http://loinc.org|44250-9"

    @field_validator("show_when", mode="before")
    @classmethod
    def _one_condition_may_stand_alone(cls, value: Any) -> Any:
        return (value,) if isinstance(value, dict | Condition) else value

    @model_validator(mode="after")
    def _choices_have_options(self) -> "Item":
        if self.type in {"choice", "choices"} and not self.options and not self.options_from:
            raise Faulty(Fault(f"the item {self.key!r} is a choice and needs options", "no_options", item=self.key))
        if self.pattern and (why := heaviness(self.pattern)):
            raise Faulty(why.of(f"the pattern of {self.key!r}", item=self.key))
        if len({option.value for option in self.options}) < len(self.options):
            raise Faulty(Fault(f"two options of {self.key!r} have the same value", "same_option", item=self.key))
        if self.type == "group" and not self.items:
            raise Faulty(Fault(f"the group {self.key!r} holds no items", "empty_group", item=self.key))
        return self

    @property
    def is_answered_by_people(self) -> bool:
        """Whether somebody gives the answer, rather than reads it or has it computed."""
        return self.type not in {"group", "display"} and not (self.calculated or self.hidden or self.read_only)


def all_items(items: tuple[Item, ...]) -> Iterator[Item]:
    """Every item, those in groups and those under questions too, in the order in which they are read."""
    for item in items:
        yield item
        yield from all_items(item.items)


def said_for_another(entry: Said, *texts: str) -> Said:
    """The entry with these texts as they are said about somebody else, where they are written so."""
    said = {name: getattr(entry, f"{name}_for_another") or getattr(entry, name) for name in texts}
    return entry.model_copy(update=said)


Item.model_rebuild()
