"""Options: those written in an item, and those of a list that the document carries with it."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from luotsi.base.text import Text
from luotsi.domain.questionnaires.definitions import Option
from luotsi.gateways.fhir.questionnaires import names
from luotsi.gateways.fhir.questionnaires.element import Element, as_objects, value_of

Say = Callable[[Element, str, str], Text]

_KINDS = {"valueString": "string", "valueInteger": "integer", "valueDate": "date", "valueTime": "time"}


def options_of(element: Element, say: Say) -> tuple[Option, ...]:
    """The options written in an item."""
    found = []
    for one in element.children("answerOption"):
        part = Element(one, element.owner, element.unsupported)
        option = _option(part, say)
        if option:
            found.append(option)
        part.leftovers("of an option")
    return tuple(_told_apart(element, found))


def lists_in(root: Element) -> dict[str, Mapping[str, Any]]:
    """The lists of options (ValueSet) that the document carries, by "#id". Other contained resources are told."""
    found: dict[str, Mapping[str, Any]] = {}
    for one in root.children("contained"):
        if one.get("resourceType") == "ValueSet" and isinstance(one.get("id"), str):
            found["#" + one["id"]] = one
        else:
            root.tell(f"a contained {one.get('resourceType', 'resource')}", str(one.get("id", "")))
    return found


def options_from(
    element: Element, lists: Mapping[str, Mapping[str, Any]], address: str, say: Say
) -> tuple[Option, ...]:
    """The options of a list that the document carries; a list that is elsewhere is told."""
    if address not in lists:
        element.tell("answerValueSet outside the document", address)
        return ()
    compose = lists[address].get("compose")
    found: list[Option] = []
    for include in as_objects(compose.get("include") if isinstance(compose, Mapping) else None):
        if include.get("filter") or include.get("valueSet") or not include.get("concept"):
            element.tell("a list without its words", f"{address} {include.get('system', '')}")
        for concept in as_objects(include.get("concept")):
            found.append(_from_list(element, concept, str(include.get("system") or ""), say))
    expansion = lists[address].get("expansion")
    expanded = as_objects(expansion.get("contains") if isinstance(expansion, Mapping) else None)
    if not found:
        found = [_from_list(element, concept, str(concept.get("system") or ""), say) for concept in expanded]
    weights = {str(concept.get("code")): weight for concept in expanded if (weight := _weight(concept)) is not None}
    found = [
        one.model_copy(update={"points": weights[one.value]}) if one.points is None and one.value in weights else one
        for one in found
    ]
    return tuple(_told_apart(element, found))


def _weight(concept: Mapping[str, Any]) -> Decimal | None:
    """The weight of an expanded concept: the property itemWeight, as R5 writes it in an R4 document."""
    for extension in as_objects(concept.get("extension")):
        parts = {str(part.get("url")): value_of(part) for part in as_objects(extension.get("extension"))}
        value = parts.get("value[x]", parts.get("value"))
        if parts.get("code") == "itemWeight" and isinstance(value, int | Decimal | float):
            return Decimal(str(value))
    return None


def _option(part: Element, say: Say) -> Option | None:
    common: dict[str, Any] = {
        "exclusive": part.extension(names.OPTION_EXCLUSIVE) is True,
        "is_initial": part.take("initialSelected", bool, False),
    }
    common |= {name: said for name in names.OPTION_PARTS if (said := part.part(name)) is not None}
    points = _points(part)
    coding = part.take("valueCoding", Mapping)
    if coding is not None:
        inner = Element(coding, part.owner, part.unsupported)
        made = _coding(inner, say, common | {"points": _points(inner) if points is None else points})
        inner.leftovers("of an option")
        return made
    for field, kind in _KINDS.items():
        value = part.data.get(field)
        if value is not None:
            part.taken.add(field)
            label = say(part, field, str(value))
            return Option(value=str(value), label=label, written_as=kind, points=points, **common)  # type: ignore[arg-type]
    part.tell("an option of another type", dict(part.data))
    part.taken |= set(part.data)
    return None


def _coding(coding: Element, say: Say, common: dict[str, Any]) -> Option:
    display = coding.take("display")
    code = coding.take("code") or display or ""
    system = coding.take("system") or ""
    return Option(value=code, label=say(coding, "display", display or code), system=system, **common)


def _from_list(element: Element, concept: Mapping[str, Any], system: str, say: Say) -> Option:
    """One concept of a list. Its designations are translations."""
    part = Element(concept, element.owner, element.unsupported)
    part.taken |= {"system", "designation"}
    said = {
        str(one.get("language", ""))[:2]: str(one.get("value", "")) for one in as_objects(concept.get("designation"))
    }
    display = part.take("display")
    code = part.take("code") or display or ""
    option = Option(value=code, label=say(part, "display", display or code), system=system, points=_points(part))
    weighed = [one for one in as_objects(concept.get("extension")) if _weight({"extension": [one]}) is not None]
    part.extensions(*(str(one.get("url")) for one in weighed))
    part.leftovers("of a list")
    fi, sv, en = (said.get(one, "") for one in ("fi", "sv", "en"))
    label = Text(fi=fi or option.label.fi, sv=sv or option.label.sv, en=en or option.label.en)
    return option.model_copy(update={"label": label})


def _points(part: Element) -> Decimal | None:
    value = part.extension(*names.WEIGHTS)
    if value is None or isinstance(value, bool) or not isinstance(value, int | Decimal | float):
        return None
    return Decimal(str(value))


def _told_apart(element: Element, options: list[Option]) -> list[Option]:
    """The same value twice cannot be told apart in answers: the later one is left out, and told."""
    kept: dict[str, Option] = {}
    for option in options:
        if not option.value:
            element.tell("an option without a code", option.label.fi)
        elif option.value in kept:
            element.tell("a second option with the same code", f"{option.system} {option.value}".strip())
        else:
            kept[option.value] = option
    return list(kept.values())


def written(option: Option, text: Callable[[Text, str], dict[str, Any]]) -> dict[str, Any]:
    """An option as the standard writes it. `text` writes a field with its translations."""
    extensions: list[dict[str, Any]] = []
    if option.points is not None:
        extensions.append({"url": names.ORDINAL, "valueDecimal": option.points})
    if option.exclusive:
        extensions.append({"url": names.OPTION_EXCLUSIVE, "valueBoolean": True})
    one: dict[str, Any] = {"extension": extensions} if extensions else {}
    if option.written_as == "coding":
        coding = {"system": option.system} if option.system else {}
        one["valueCoding"] = coding | {"code": option.value} | text(option.label, "display")
    else:
        field = f"value{option.written_as.capitalize()}"
        shadow = {name: said for name, said in text(option.label, field).items() if name.startswith("_")}
        one |= {field: int(option.value) if option.written_as == "integer" else option.value} | shadow
    if option.is_initial:
        one["initialSelected"] = True
    return one
