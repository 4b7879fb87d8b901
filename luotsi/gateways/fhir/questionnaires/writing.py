"""Our form → a Questionnaire of HL7 FHIR R4 with SDC. Reading it again gives the same form."""

import json
import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.questionnaires.definitions import Item, Questionnaire
from luotsi.gateways.fhir.questionnaires import conditions, expressions, names, options
from luotsi.gateways.fhir.questionnaires.element import Element
from luotsi.gateways.fhir.questionnaires.items import Items


def write(form: Questionnaire) -> dict[str, Any]:
    """The resource as JSON-ready data; numbers are Decimal until `as_json`."""
    return _Writer(form).resource()


def as_json(resource: Mapping[str, Any]) -> str:
    """The resource as text, two spaces a level, numbers without a tail of binary digits."""
    return json.dumps(resource, ensure_ascii=False, indent=2, default=_plain)


class _Writer:
    def __init__(self, form: Questionnaire) -> None:
        self._form = form
        self._items = {item.key: item for item in form.every_item}
        self._lists: dict[str, tuple[Any, ...]] = {}

    def resource(self) -> dict[str, Any]:
        form = self._form
        items = [self._item(item) for item in form.items]
        written: dict[str, Any] = {
            "resourceType": "Questionnaire",
            "id": re.sub(r"[^A-Za-z0-9.-]", "-", form.key)[:64],
            "language": form.language,
            "contained": [self._list(address) for address in self._lists],
            "extension": self._form_extensions(),
            "url": form.url,
            "identifier": [{"system": names.KEY_SYSTEM, "value": form.key}],
            "version": str(form.version),
            **self._text(form.name, "title"),
            "status": "active",
            **self._text(form.intro, "description"),
            "copyright": form.source,
            "effectivePeriod": self._period(),
            "item": items,
        }
        return {name: value for name, value in written.items() if value not in ("", [], {}, None)}

    def _form_extensions(self) -> list[dict[str, Any]]:
        found = [{"url": names.REPLACES, "valueCanonical": one} for one in self._form.replaces]
        found += self._variables(self._form)
        return found + _own(self._form, names.FORM_PARTS)

    def _period(self) -> dict[str, str]:
        ends = {"start": self._form.valid_from, "end": self._form.valid_to}
        return {name: day.isoformat() for name, day in ends.items() if day}

    def _item(self, item: Item) -> dict[str, Any]:
        written: dict[str, Any] = {"linkId": item.key}
        written["code"] = [self._code(one) for one in item.codes]
        written |= {"prefix": item.prefix, **self._text(item.label, "text"), "type": names.TYPES[item.type][0]}
        written |= self._asking(item)
        written |= {
            "required": item.required or None,
            "repeats": item.repeats or item.type == "choices" or None,
            "readOnly": item.read_only or None,
            "maxLength": item.max_length if item.type in names.LENGTHY else None,
        }
        written |= self._choosing(item)
        written["initial"] = self._initial(item)
        written["item"] = self._hint(item) + [self._item(one) for one in item.items]
        written["extension"] = self._extensions(item)
        written = {name: value for name, value in written.items() if value not in ("", [], {}, None)}
        return self._with_own(item, written)

    def _with_own(self, item: Item, written: dict[str, Any]) -> dict[str, Any]:
        """What the standard's words did not carry is added under our own: found by reading what was written."""
        again = Items(Element(self._carried(), "", []), self._form.language).read([_without_items(written)])[0]
        parts = [name for name in names.ITEM_PARTS if getattr(again, name) != getattr(item, name)]
        own = _own(item, tuple(parts), always=True)
        return (
            {"extension": [*written.get("extension", []), *own]}
            | {name: value for name, value in written.items() if name != "extension"}
            if own
            else written
        )

    def _carried(self) -> dict[str, Any]:
        return {"contained": [self._list(address) for address in self._lists]}

    def _asking(self, item: Item) -> dict[str, Any]:
        written = conditions.written(item, self._items)
        return {} if item.show_expression else written

    def _choosing(self, item: Item) -> dict[str, Any]:
        if item.options_from.startswith("#") and self._is_one_list(item):
            return {"answerValueSet": item.options_from}
        if item.options_from and not item.options:
            return {"answerValueSet": item.options_from}
        return {"answerOption": [self._option(one) for one in item.options]}

    def _option(self, option: Any) -> dict[str, Any]:
        written = options.written(option, self._text)
        own = _own(option, names.OPTION_PARTS)
        return {"extension": [*written.pop("extension", []), *own]} | written if own else written

    def _is_one_list(self, item: Item) -> bool:
        """Whether the options of the item are a list, the same as every other item of that list has."""
        plain = all(
            one == one.model_copy(update={"exclusive": False, "is_initial": False, "danger": ""})
            for one in item.options
        )
        if not item.options or not plain or any(one.label_for_another for one in item.options):
            return False
        return self._lists.setdefault(item.options_from, item.options) == item.options

    def _list(self, address: str) -> dict[str, Any]:
        include: list[dict[str, Any]] = []
        for option in self._lists[address]:
            concept: dict[str, Any] = {"code": option.value} | self._text(option.label, "display")
            if option.points is not None:
                concept = {"extension": [{"url": names.ORDINAL, "valueDecimal": option.points}]} | concept
            if not include or include[-1].get("system", "") != option.system:
                include.append(({"system": option.system} if option.system else {}) | {"concept": []})
            include[-1]["concept"].append(concept)
        return {"resourceType": "ValueSet", "id": address[1:], "status": "active", "compose": {"include": include}}

    def _initial(self, item: Item) -> list[dict[str, Any]]:
        if item.initial is None:
            return []
        field = names.TYPES[item.type][1] or "valueString"
        return [
            _value(item, field, one) for one in (item.initial if isinstance(item.initial, list) else [item.initial])
        ]

    def _hint(self, item: Item) -> list[dict[str, Any]]:
        if not item.hint:
            return []
        control = {"coding": [{"system": names.CONTROL_SYSTEM, "code": "help"}]}
        extension = [{"url": names.ITEM_CONTROL, "valueCodeableConcept": control}]
        return [
            {"extension": extension, "linkId": f"{item.key}-help", **self._text(item.hint, "text"), "type": "display"}
        ]

    def _extensions(self, item: Item) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = [
            {"url": url, "valueInteger": value}
            for url, value in (
                (names.MIN_LENGTH, item.min_length or None),
                (names.DECIMALS, item.decimals),
                (names.MIN_OCCURS, item.repeats_at_least or None),
                (names.MAX_OCCURS, item.repeats_at_most),
            )
            if value is not None
        ]
        found += [
            _bound(item, url, value)
            for url, value in ((names.MIN_VALUE, item.least), (names.MAX_VALUE, item.most))
            if value is not None
        ]
        if item.pattern:
            found.append({"url": names.REGEX, "valueString": item.pattern})
        if item.hidden:
            found.append({"url": names.HIDDEN, "valueBoolean": True})
        if item.type == "phone":
            found.append({"url": names.KEYBOARD, "valueCoding": {"code": "phone"}})
        if item.is_scale:
            control = {"coding": [{"system": names.CONTROL_SYSTEM, "code": "slider"}]}
            found.append({"url": names.ITEM_CONTROL, "valueCodeableConcept": control})
        return found + self._units(item) + self._expressions(item)

    def _units(self, item: Item) -> list[dict[str, Any]]:
        url = names.UNIT_OPTION if item.type == "quantity" else names.UNIT
        return [
            {
                "url": url,
                "valueCoding": {"system": "http://unitsofmeasure.org", "code": unit.code}
                | self._text(unit.label, "display"),
            }
            for unit in item.units
        ]

    def _expressions(self, item: Item) -> list[dict[str, Any]]:
        show = item.show_expression
        if item.show_when and (show or not conditions.written(item, self._items)):
            show = conditions.as_fhirpath(item, self._items)
        pairs = (
            (names.SHOW_EXPRESSION, show),
            (names.CALCULATED, item.calculated),
            (names.INITIAL_EXPRESSION, item.initial_expression),
        )
        return self._variables(item) + [
            {"url": url, "valueExpression": expressions.written(text)} for url, text in pairs if text
        ]

    def _variables(self, holder: Questionnaire | Item) -> list[dict[str, Any]]:
        return [
            {"url": names.VARIABLE, "valueExpression": expressions.written(one.expression, one.name)}
            for one in holder.variables
        ]

    def _code(self, said: str) -> dict[str, str]:
        parts = dict(zip(("system", "code", "display"), said.split("|", 2), strict=False))
        return {name: part for name, part in parts.items() if part}

    def _text(self, text: Text, name: str) -> dict[str, Any]:
        """A text in the form's language, with its translations as extensions of its shadow."""
        language = self._form.language
        primary = text.in_language(language) if language in LANGUAGES else text.fi
        said = [(one, getattr(text, one)) for one in LANGUAGES if one != language and getattr(text, one)]
        extensions = [
            {
                "url": names.TRANSLATION,
                "extension": [{"url": "lang", "valueCode": one}, {"url": "content", "valueString": words}],
            }
            for one, words in said
            if one != "fi" or words != primary
        ]
        return {name: primary} | ({f"_{name}": {"extension": extensions}} if extensions else {})


def _own(holder: BaseModel, parts: tuple[str, ...], *, always: bool = False) -> list[dict[str, Any]]:
    """Our own parts as JSON in extensions; those at their defaults are left out."""
    found = []
    for name in parts:
        value = getattr(holder, name)
        if always or value != type(holder).model_fields[name].default:
            data = holder.model_dump(include={name}, exclude_defaults=True).get(name, value)
            written = json.dumps(data, ensure_ascii=False, default=_plain)
            found.append({"url": names.OURS + name, "valueString": written})
    return found


def _bound(item: Item, url: str, value: Decimal | str) -> dict[str, Any]:
    field = {"day": "valueDate", "moment": "valueDateTime", "time": "valueTime", "whole_number": "valueInteger"}.get(
        item.type, "valueDecimal"
    )
    if value == "today":
        today = {"url": names.CALCULATED_VALUE, "valueExpression": expressions.written("today()")}
        return {"url": url, f"_{field}": {"extension": [today]}}
    if field == "valueInteger" and isinstance(value, Decimal) and value == value.to_integral_value():
        return {"url": url, field: int(value)}
    return {"url": url, "valueDecimal" if isinstance(value, Decimal) else field: value}


def _value(item: Item, field: str, value: Any) -> dict[str, Any]:
    if field == "valueCoding":
        option = next((one for one in item.options if one.value == value), None)
        if option is not None and option.written_as != "coding":
            return {f"value{option.written_as.capitalize()}": int(value) if option.written_as == "integer" else value}
        return {field: ({"system": option.system} if option and option.system else {}) | {"code": value}}
    if field == "valueBoolean":
        return {field: value in {"yes", True}}
    if field == "valueQuantity" and isinstance(value, Mapping):
        return {field: {"value": value["value"], "unit": value.get("unit", ""), "code": value.get("unit", "")}}
    return {field: value}


def _without_items(written: dict[str, Any]) -> dict[str, Any]:
    """The item alone (a hint stays), so that it can be read back; a group keeps something to hold."""
    kept = [one for one in written.get("item", []) if one.get("linkId") == f"{written['linkId']}-help"]
    filler = [{"linkId": " ", "type": "display"}] if written["type"] == "group" else []
    return written | {"item": kept + filler}


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")
