"""Conditions: whether an item is asked, given other answers."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from luotsi.domain.questionnaires.definitions import Condition, Item

Answers = Mapping[str, Any]
ValuesOf = Callable[[str], list[Any]]


def is_asked(item: Item, answers: Answers) -> bool:
    """Whether the item's own conditions hold, for a form without groups that repeat."""
    return shows(item, lambda key: as_list(answers.get(key)))


def shows(item: Item, values_of: ValuesOf) -> bool:
    """Whether the item's conditions hold. `values_of` gives every answer of another item that counts here."""
    held = (holds(condition, values_of(condition.item)) for condition in item.show_when)
    return any(held) if item.show_when and item.show_if == "any" else all(held)


def holds(condition: Condition, values: list[Any]) -> bool:
    """One condition. Nothing answered: no value equals, no comparison holds, and `is_not` holds (FHIR R4 `!=`)."""
    if condition.is_answered is not None:
        return bool(values) == condition.is_answered
    said = {word for value in values for word in _said(value)}
    if condition.is_one_of:
        return not said.isdisjoint(condition.is_one_of)
    if condition.is_not:
        return said.isdisjoint(condition.is_not)
    return any(_compares(condition, value) for value in values)


def as_list(value: Any) -> list[Any]:
    """The answers in one value: none, one or several."""
    if value in ("", None, []):
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def size(value: Any) -> Decimal | None:
    """What an answer is when it is compared as a number: itself, or a quantity's value."""
    if isinstance(value, Mapping):
        value = value.get("value")
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _said(value: Any) -> list[str]:
    """How a condition may name the answer: its value; a number also as 3 when it is 3.0; own words as `other`."""
    if isinstance(value, Mapping):
        return ["other"] if "other" in value else [str(value.get("value", ""))]
    number = size(value) if isinstance(value, int | float | Decimal) else None
    return [str(value)] if number is None else [str(value), f"{number.normalize():f}"]


def _compares(condition: Condition, value: Any) -> bool:
    return all(
        limit is None or _is_so(how, value, limit)
        for how, limit in (
            ("over", condition.is_over),
            ("at_least", condition.is_at_least),
            ("under", condition.is_under),
            ("at_most", condition.is_at_most),
        )
    )


def _is_so(how: str, value: Any, limit: Decimal | str) -> bool:
    """Numbers as numbers; days, moments and times as ISO text, which sorts by time."""
    left: Any = size(value) if isinstance(limit, Decimal) else str(value)
    if left is None:
        return False
    return bool({"over": left > limit, "at_least": left >= limit, "under": left < limit, "at_most": left <= limit}[how])
