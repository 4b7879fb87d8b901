"""Conditions: enableWhen ⇄ ours. What enableWhen cannot say in one breath is written as an expression as well."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from luotsi.domain.questionnaires.definitions import Condition, Item
from luotsi.gateways.fhir.questionnaires.element import Element

_COMPARES = {">": "is_over", ">=": "is_at_least", "<": "is_under", "<=": "is_at_most"}
_ANSWERS = {
    "yes_no": "answerBoolean",
    "whole_number": "answerInteger",
    "number": "answerDecimal",
    "quantity": "answerQuantity",
    "day": "answerDate",
    "moment": "answerDateTime",
    "time": "answerTime",
    "choice": "answerCoding",
    "choices": "answerCoding",
    "open_choice": "answerCoding",
}


def read(element: Element) -> tuple[tuple[Condition, ...], str]:
    """The conditions of an item and how they join."""
    joined = element.take("enableBehavior") or "all"
    found: list[Condition] = []
    for one in element.children("enableWhen"):
        part = Element(one, element.owner, element.unsupported)
        condition = _condition(part)
        part.leftovers("of a condition")
        if condition:
            found.append(condition)
    merged = _merged(found, joined)
    return tuple(merged), "any" if joined == "any" and len(merged) > 1 else "all"


def _condition(part: Element) -> Condition | None:
    question, operator = part.take("question"), part.take("operator")
    said = next((name for name in part.data if name.startswith("answer")), "")
    part.taken.add(said)
    value = part.data.get(said)
    if question and operator == "exists" and isinstance(value, bool):
        return Condition(item=question, is_answered=value)
    words = _words(part, value)
    if question and words and operator == "=":
        return Condition(item=question, is_one_of=(words,))
    if question and words and operator == "!=":
        return Condition(item=question, is_not=(words,))
    if question and words and operator in _COMPARES and not isinstance(value, bool):
        limit = words if isinstance(value, str) else Decimal(words)
        return Condition(item=question, **{_COMPARES[operator]: limit})
    part.tell("enableWhen", dict(part.data))
    return None


def _words(part: Element, value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        if "code" in value and "value" not in value:
            return str(value["code"])
        if "value" in value:
            part.tell("the unit in a condition", str(value.get("unit") or value.get("code") or ""), False)
        value = value.get("value", value.get("display", ""))
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}"
    return value if isinstance(value, str) else ""


def _merged(found: list[Condition], joined: str) -> list[Condition]:
    """ "a or b" of one question is one condition; so is "neither a nor b"."""
    field = "is_one_of" if joined == "any" else "is_not"
    kept: list[Condition] = []
    for one in found:
        same = next((old for old in kept if old.item == one.item and getattr(old, field) and getattr(one, field)), None)
        if same is None:
            kept.append(one)
        else:
            both = {field: (*getattr(same, field), *getattr(one, field))}
            kept[kept.index(same)] = same.model_copy(update=both)
    return kept


def written(item: Item, items: Mapping[str, Item]) -> dict[str, Any]:
    """enableWhen and enableBehavior, or nothing when they cannot say it: then `as_fhirpath` does."""
    parts: list[dict[str, Any]] = []
    joined = item.show_if
    for condition in item.show_when:
        alternatives = [("=", one) for one in condition.is_one_of]
        if len(alternatives) > 1:
            if len(item.show_when) > 1 and item.show_if == "all":
                return {}
            joined = "any"
        excluded = [("!=", one) for one in condition.is_not]
        if len(excluded) > 1 and len(item.show_when) > 1 and item.show_if == "any":
            return {}
        parts += [
            {"question": condition.item, "operator": operator} | _answer(items[condition.item], value)
            for operator, value in [*alternatives, *excluded, *_comparisons(condition)]
        ]
    if not parts:
        return {}
    return {"enableWhen": parts} | ({"enableBehavior": joined} if len(parts) > 1 else {})


def as_fhirpath(item: Item, items: Mapping[str, Item]) -> str:
    """The conditions and the expression of an item as one expression."""
    said = [_said(condition, items[condition.item]) for condition in item.show_when]
    joined = f" {'or' if item.show_if == 'any' else 'and'} ".join(f"({one})" for one in said)
    return " and ".join(f"({one})" for one in (joined, item.show_expression) if one)


def _comparisons(condition: Condition) -> list[tuple[str, Any]]:
    if condition.is_answered is not None:
        return [("exists", condition.is_answered)]
    limits = [(operator, getattr(condition, field)) for operator, field in _COMPARES.items()]
    return [(operator, limit) for operator, limit in limits if limit is not None]


def _answer(asked: Item, value: Any) -> dict[str, Any]:
    if isinstance(value, bool):
        return {"answerBoolean": value}
    option = next((one for one in asked.options if one.value == value), None)
    field = _ANSWERS.get(asked.type, "answerString")
    if option is not None and option.written_as != "coding":
        field = f"answer{option.written_as.capitalize()}"
    if field == "answerCoding":
        return {field: ({"system": option.system} if option and option.system else {}) | {"code": value}}
    if field == "answerBoolean":
        return {field: value == "yes"}
    if field in {"answerInteger", "answerDecimal"}:
        return {field: int(value) if field == "answerInteger" else Decimal(value)}
    return {field: {"value": Decimal(value)} if field == "answerQuantity" else str(value)}


def _said(condition: Condition, asked: Item) -> str:
    answers = f"%resource.descendants().where(linkId='{_quoted(condition.item)}').answer.value"
    if condition.is_answered is not None:
        return f"{answers}.exists()" if condition.is_answered else f"{answers}.exists().not()"
    named = condition.is_one_of or condition.is_not
    if named:
        either = " or ".join(_equals(asked, one) for one in named)
        return f"{answers}.where({either}).exists()" + ("" if condition.is_one_of else ".not()")
    this = "$this.value" if asked.type == "quantity" else "$this"
    operator, limit = _comparisons(condition)[0]
    said = f"@{'T' if asked.type == 'time' else ''}{limit}" if isinstance(limit, str) else f"{limit:f}"
    return f"{answers}.where({this} {operator} {said}).exists()"


def _equals(asked: Item, value: str) -> str:
    option = next((one for one in asked.options if one.value == value), None)
    if asked.type == "yes_no":
        return f"$this = {'true' if value == 'yes' else 'false'}"
    if asked.type in {"whole_number", "number"} or (option and option.written_as == "integer"):
        return f"$this = {value}"
    if option and option.written_as == "coding":
        return f"code = '{_quoted(value)}'"
    return "$this is string" if value == "other" else f"$this = '{_quoted(value)}'"


def _quoted(words: str) -> str:
    return words.replace("\\", "\\\\").replace("'", "\\'")
