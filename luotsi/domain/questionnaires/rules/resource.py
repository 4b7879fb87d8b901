"""Answers as an expression sees them: a QuestionnaireResponse of HL7 FHIR R4, as small as what is looked at."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from luotsi.domain.questionnaires.definitions import Item, Questionnaire
from luotsi.domain.questionnaires.rules.asking import as_list
from luotsi.domain.questionnaires.rules.fhirpath import ORDINAL

_FIELDS = {
    "text": "valueString",
    "long_text": "valueString",
    "phone": "valueString",
    "url": "valueUri",
    "whole_number": "valueInteger",
    "number": "valueDecimal",
    "day": "valueDate",
    "moment": "valueDateTime",
    "time": "valueTime",
}


def response(sheet: Any, wanted: Collection[str] | None, owner: str, scope: tuple[int, ...]) -> tuple[Any, Any]:
    """The response with the items wanted (None: all), and the item in it where an expression at `owner` stands."""
    whole: dict[str, Any] = {"resourceType": "QuestionnaireResponse", "status": "in-progress"}
    paths = None if wanted is None else _with_all_around(sheet, {*wanted, *([owner] if owner else [])})
    here: list[Any] = []
    whole["item"] = _items(sheet, sheet.plan.form.items, (), paths, (owner, scope), here)
    if not owner:
        return whole, whole
    return whole, (here[0] if here else {"linkId": owner})


def answer_value(item: Item, value: Any) -> dict[str, Any]:
    """One answer as FHIR writes it, with an option's points as an extension of its coding."""
    if item.type in _FIELDS:
        return {_FIELDS[item.type]: Decimal(str(value)) if item.type == "number" else value}
    if item.type == "yes_no":
        return {"valueBoolean": value == "yes"}
    if item.type == "quantity":
        unit = value.get("unit", "")
        return {"valueQuantity": {"value": Decimal(str(value["value"])), "unit": unit, "code": unit}}
    if isinstance(value, dict) and "other" in value:
        return {"valueString": value["other"]}
    if item.type == "file":
        about = {"contentType": value["kind"], "title": value["name"], "size": value["size"]}
        return {"valueAttachment": {**about, "url": f"urn:uuid:{value['file']}"}}
    if item.type == "reference":
        return {"valueReference": value if isinstance(value, dict) else {"display": value}}
    return option_value(item, value)


def option_value(item: Item, value: str) -> dict[str, Any]:
    """An option as it stands among a question's answers."""
    option = next((one for one in item.options if one.value == value), None)
    if option is None:
        return {"valueCoding": {"code": value}}
    if option.written_as != "coding":
        plain: Any = int(value) if option.written_as == "integer" else value
        return {f"value{option.written_as.capitalize()}": plain}
    coding: dict[str, Any] = {"code": value, "display": option.label.fi}
    if option.system:
        coding["system"] = option.system
    if option.points is not None:
        coding["extension"] = [{"url": ORDINAL, "valueDecimal": option.points}]
    return {"valueCoding": coding}


def questionnaire(form: Questionnaire) -> dict[str, Any]:
    """The form as %questionnaire: its items with their options."""
    return {"resourceType": "Questionnaire", "item": [_asked(item) for item in form.items]}


def _asked(item: Item) -> dict[str, Any]:
    written: dict[str, Any] = {"linkId": item.key, "text": item.label.fi}
    if item.options:
        written["answerOption"] = [option_value(item, option.value) for option in item.options]
    if item.items:
        written["item"] = [_asked(one) for one in item.items]
    return written


def _with_all_around(sheet: Any, wanted: Collection[str]) -> set[str]:
    found: set[str] = set()
    for key in wanted:
        while key and key not in found:
            found.add(key)
            key = sheet.plan.parent[key]
    return found


def _items(
    sheet: Any,
    items: tuple[Item, ...],
    scope: tuple[int, ...],
    wanted: Collection[str] | None,
    place: tuple[str, tuple[int, ...]],
    here: list[Any],
) -> list[dict[str, Any]]:
    written = []
    for item in items:
        if wanted is not None and item.key not in wanted:
            continue
        scopes = [scope]
        if item.type == "group" and item.repeats:
            scopes = [(*scope, row) for row in range(sheet.rows(item.key, scope))]
        for inner in scopes:
            answers = [answer_value(item, value) for value in as_list(sheet.kept.get((item.key, inner)))]
            one = _item(item, answers, _items(sheet, item.items, inner, wanted, place, here))
            if (item.key, inner) == place:
                here.append(one)
            if len(one) > 1:
                written.append(one)
    return written


def _item(item: Item, answers: list[dict[str, Any]], children: list[dict[str, Any]]) -> dict[str, Any]:
    """What stands in a group stands in its item; what stands under a question stands in its answer."""
    one: dict[str, Any] = {"linkId": item.key}
    if answers:
        one["answer"] = answers
    if children and item.type == "group":
        one["item"] = children
    elif children:
        one.setdefault("answer", [{}])[0]["item"] = children
    return one
