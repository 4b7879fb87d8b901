"""Changing a questionnaire part by part. Pure: each change answers a whole form, or says why it would be none."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

from luotsi.base.text import Text
from luotsi.domain.questionnaires.definitions import Item, ItemType, Option, Questionnaire, all_items
from luotsi.domain.questionnaires.definitions.asked import CHOOSING
from luotsi.domain.questionnaires.definitions.faulty import Fault, Faulty

Way = Literal["up", "down"]
Siblings = tuple[Item, ...]
LONGEST_KEY = 40
EMPTY = Text(fi="")


class NotWhole(ValueError):
    """The change would leave something that is no questionnaire. `why`: in_use (of `parts`), last, last_in_group,
    in_itself, unlike (the types do not fit; `fault` says how), unknown.
    """

    def __init__(self, why: str, *, parts: tuple["Use", ...] = (), fault: Fault | None = None) -> None:
        self.why, self.parts, self.fault = why, parts, fault
        super().__init__(fault or why)


@dataclass(frozen=True)
class Use:
    """Where an item is needed: in the condition of another item, in a score or in an outcome."""

    part: Literal["item", "score", "outcome"]
    key: str


def whole(form: Questionnaire) -> Questionnaire:
    """The form, its parts checked against each other once more. Raises NotWhole."""
    try:
        return Questionnaire.model_validate(form.model_dump())
    except ValidationError as error:
        raise NotWhole("unlike", fault=fault_of(error)) from None


def fault_of(error: ValidationError) -> Fault:
    """The first fault that the types found."""
    first = error.errors()[0]
    cause = first.get("ctx", {}).get("error")
    return cause.fault if isinstance(cause, Faulty) else Fault(str(first["msg"]))


def blank(key: str, name: Text) -> Questionnaire:
    """A form with its name and one question to begin with."""
    question = Item(key="question", type="text", label=EMPTY)
    return Questionnaire(key=key, version=1, name=name, intro=EMPTY, items=(question,))


def copied(form: Questionnaire, *, key: str, name: Text) -> Questionnaire:
    """A form of one's own that begins as this one."""
    return form.model_copy(update={"key": key, "version": 1, "name": name, "replaces": (), "url": ""})


def free_key(words: str, taken: Iterable[str], *, otherwise: str = "form") -> str:
    """A short key made of words, that nothing has yet: "Odotitko käyntiä?" as odotitko_kayntia."""
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    begun = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_KEY].strip("_") or otherwise
    known, number, key = set(taken), 1, begun
    while key in known:
        number += 1
        key = f"{begun}_{number}"
    return key


def new_item(form: Questionnaire, type: ItemType, label: Text) -> Item:
    """A question, a group or a text with what its type cannot be without."""
    keys = {item.key for item in form.every_item}
    key = free_key(label.en or label.fi, keys, otherwise="question")
    parts: dict[str, Any] = {}
    if type in CHOOSING:
        parts["options"] = (Option(value="1", label=EMPTY), Option(value="2", label=EMPTY))
    if type == "group":
        inner = free_key("", {*keys, key}, otherwise="question")
        parts["items"] = (Item(key=inner, type="text", label=EMPTY),)
    return Item(key=key, type=type, label=label, **parts)


def fitting(item: Item) -> Item:
    """The item with what its type cannot be without, checked once more. Raises NotWhole."""
    if item.type in CHOOSING and not item.options and not item.options_from:
        item = item.model_copy(update={"options": (Option(value="1", label=EMPTY), Option(value="2", label=EMPTY))})
    if item.type not in CHOOSING and item.options:
        item = item.model_copy(update={"options": ()})
    try:
        return Item.model_validate(item.model_dump())
    except ValidationError as error:
        raise NotWhole("unlike", fault=fault_of(error)) from None


def with_option(item: Item) -> Item:
    """With one more answer to choose, after the others."""
    taken = {option.value for option in item.options}
    value = next(str(one) for one in range(1, len(taken) + 2) if str(one) not in taken)
    return item.model_copy(update={"options": (*item.options, Option(value=value, label=EMPTY))})


def without_option(item: Item, number: int) -> Item:
    """Without the answer of that place. Raises NotWhole for the last one."""
    left = tuple(option for place, option in enumerate(item.options) if place != number)
    if not left:
        raise NotWhole("last_option")
    return item.model_copy(update={"options": left})


def option_moved_up(item: Item, number: int) -> Item:
    options = list(item.options)
    if 0 < number < len(options):
        options[number - 1], options[number] = options[number], options[number - 1]
    return item.model_copy(update={"options": tuple(options)})


def added(form: Questionnaire, item: Item, *, after: str = "", into: str = "") -> Questionnaire:
    """With the item after that one, at the end of that group, or at the end. Raises NotWhole."""
    if into:
        return whole(_with_items(form, _each(form.items, into, lambda one: _holding(one, (*one.items, item)))))
    if after:
        return whole(_with_items(form, _levels(form.items, lambda level: _after(level, after, item))))
    return whole(_with_items(form, (*form.items, item)))


def replaced(form: Questionnaire, key: str, item: Item) -> Questionnaire:
    """With the item instead of the one of that key, which it keeps. Raises NotWhole."""
    return whole(_with_items(form, _each(form.items, key, lambda _: item)))


def removed(form: Questionnaire, key: str) -> Questionnaire:
    """Without the item and what stands in it. Raises NotWhole when something else needs it."""
    if needed := uses_of(form, key):
        raise NotWhole("in_use", parts=needed)
    _check_leaves(form, key)
    return whole(_with_items(form, _levels(form.items, lambda level: tuple(one for one in level if one.key != key))))


def moved(form: Questionnaire, key: str, way: Way) -> Questionnaire:
    """One step up or down; from the edge of a group it steps out of the group. At the very edge nothing changes."""
    level, group = _around(form, key)
    place = next(number for number, one in enumerate(level) if one.key == key)
    other = place + (-1 if way == "up" else 1)
    if 0 <= other < len(level):
        swapped = list(level)
        swapped[place], swapped[other] = swapped[other], swapped[place]
        return whole(_with_items(form, _levels(form.items, lambda one: tuple(swapped) if one == level else one)))
    if group is None:
        return form
    _check_leaves(form, key)
    item = level[place]
    without = _levels(form.items, lambda one: tuple(each for each in one if each.key != key))
    beside = _levels(without, lambda one: _beside(one, group.key, item, before=way == "up"))
    return whole(_with_items(form, beside))


def grouped(form: Questionnaire, key: str, into: str) -> Questionnaire:
    """With the item at the end of that group, or out of its group at the end of the form. Raises NotWhole."""
    item = item_of(form, key)
    _, group = _around(form, key)
    if (group.key if group else "") == into:
        return form
    if into in {one.key for one in all_items((item,))}:
        raise NotWhole("in_itself")
    _check_leaves(form, key)
    without = _with_items(form, _levels(form.items, lambda level: tuple(one for one in level if one.key != key)))
    return added(without, item, into=into)


def item_of(form: Questionnaire, key: str) -> Item:
    """Raises NotWhole when there is none."""
    for item in form.every_item:
        if item.key == key:
            return item
    raise NotWhole("unknown")


def group_of(form: Questionnaire, key: str) -> str:
    """The key of the item around this one, "" at the top."""
    group = _around(form, key)[1]
    return group.key if group else ""


def uses_of(form: Questionnaire, key: str) -> tuple[Use, ...]:
    """What else needs the item, or an item in it."""
    inside = {one.key for one in all_items((item_of(form, key),))}
    found = [
        Use("item", item.key)
        for item in form.every_item
        if item.key not in inside and any(one.item in inside for one in item.show_when)
    ]
    found += [Use("score", score.key) for score in form.scores if inside & set(score.items)]
    found += [
        Use("outcome", outcome.key)
        for outcome in form.outcomes
        if any(when.answer and when.answer.item in inside for when in outcome.when)
    ]
    return tuple(found)


def _check_leaves(form: Questionnaire, key: str) -> None:
    level, group = _around(form, key)
    if len(level) == 1 and (group is None or group.type == "group"):
        raise NotWhole("last" if group is None else "last_in_group")


def _around(form: Questionnaire, key: str) -> tuple[Siblings, Item | None]:
    """The items among which it stands, and the one around them."""
    if any(item.key == key for item in form.items):
        return form.items, None
    for group in form.every_item:
        if any(item.key == key for item in group.items):
            return group.items, group
    raise NotWhole("unknown")


def _levels(items: Siblings, change: Callable[[Siblings], Siblings]) -> Siblings:
    """The tree with every row of siblings changed, the innermost first."""
    changed = change(items)
    return tuple(_holding(one, _levels(one.items, change)) if one.items else one for one in changed)


def _each(items: Siblings, key: str, change: Callable[[Item], Item]) -> Siblings:
    return _levels(items, lambda level: tuple(change(one) if one.key == key else one for one in level))


def _after(level: Siblings, key: str, item: Item) -> Siblings:
    return _beside(level, key, item, before=False)


def _beside(level: Siblings, key: str, item: Item, *, before: bool) -> Siblings:
    found: list[Item] = []
    for one in level:
        found += ([item, one] if before else [one, item]) if one.key == key else [one]
    return tuple(found)


def _holding(item: Item, items: Siblings) -> Item:
    return item.model_copy(update={"items": items})


def _with_items(form: Questionnaire, items: Siblings) -> Questionnaire:
    return form.model_copy(update={"items": items})
