"""Items of a Questionnaire → ours."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.questionnaires.definitions import Item, Option, Unit
from luotsi.domain.questionnaires.definitions.patterns import heaviness
from luotsi.domain.questionnaires.rules import files
from luotsi.domain.questionnaires.rules.checking import plain
from luotsi.domain.questionnaires.rules.plan import DEEPEST, MOST_ITEMS, CannotBeRead
from luotsi.gateways.fhir.questionnaires import conditions, names, options
from luotsi.gateways.fhir.questionnaires.element import Element, as_objects, value_of
from luotsi.gateways.fhir.questionnaires.expressions import expression, variables


class Items:
    """Reads the items of one document in its language."""

    def __init__(self, root: Element, language: str) -> None:
        self._language, self._told = language, root.unsupported
        self._lists = options.lists_in(root)
        self._count = 0

    def read(self, found: list[Mapping[str, Any]], depth: int = 1) -> list[Item]:
        if depth > DEEPEST:
            raise CannotBeRead(f"the form is deeper than {DEEPEST} levels; make it smaller")
        self._count += len(found)
        if self._count > MOST_ITEMS:
            raise CannotBeRead(f"the form has more than {MOST_ITEMS} items; make it smaller")
        return [self._item(one, depth) for one in found]

    def text(self, element: Element, name: str, primary: str) -> Text:
        """A text with its translations. A language that is not ours stands in the place of Finnish, the last resort."""
        translations = element.translations(name)
        for other in set(translations) - set(LANGUAGES):
            element.tell(f"{name} in the language {other}", translations[other], False)
        said = {one: translations.get(one, "") for one in LANGUAGES}
        if self._language in LANGUAGES:
            said[self._language] = primary
        return Text(fi=said["fi"] or primary, sv=said["sv"], en=said["en"])

    def _item(self, data: Mapping[str, Any], depth: int) -> Item:
        key = data.get("linkId")
        if not isinstance(key, str) or not key:
            raise CannotBeRead(f"an item has no linkId: {str(data.get('text', ''))[:60]!r}")
        element = Element(data, key, self._told)
        element.taken.add("linkId")
        kind, repeats = self._kind(element)
        said: dict[str, Any] = {
            "key": key,
            "type": kind,
            "label": self.text(element, "text", element.take("text") or ""),
            "repeats": repeats,
            "prefix": element.take("prefix") or "",
            "required": element.take("required", bool, False),
            "read_only": element.take("readOnly", bool, False),
            "hidden": element.extension(names.HIDDEN) is True,
            "codes": self._codes(element),
        }
        said["hint"], children = self._hint(element.children("item"))
        said |= self._limits(element) | self._choosing(element, kind) | self._asking(element)
        said["items"] = tuple(self.read(children, depth + 1))
        said |= self._initial(element)
        if kind == "file":
            _of_files(element)
        said |= {name: part for name in names.ITEM_PARTS if (part := element.part(name)) is not None}
        self._mend(element, said)
        element.leftovers()
        return Item.model_validate(said)

    def _kind(self, element: Element) -> tuple[str, bool]:
        written, repeats = element.take("type") or "", element.take("repeats", bool, False)
        kind = names.OUR_TYPES.get(written)
        if kind is None:
            element.tell("the type of the item", written or "none")
            return "text", repeats
        if kind == "text" and self._is_phone(element):
            return "phone", repeats
        return ("choices", False) if kind == "choice" and repeats else (kind, repeats)

    def _is_phone(self, element: Element) -> bool:
        said = next((value_of(one) for one in element.extensions(names.KEYBOARD)), None)
        if isinstance(said, Mapping) and said.get("code") == "phone":
            return True
        if said is not None:
            element.tell("the extension sdc-questionnaire-keyboard", said, False)
        return False

    def _codes(self, element: Element) -> tuple[str, ...]:
        """system|code|display of each code; the display only where it is said."""
        found = []
        for one in element.children("code"):
            parts = [str(one.get(name) or "") for name in ("system", "code", "display")]
            found.append("|".join(parts).rstrip("|"))
            extra = Element(one, element.owner, element.unsupported, taken={"system", "code", "display"})
            extra.leftovers("of a code")
        return tuple(found)

    def _hint(self, children: list[Mapping[str, Any]]) -> tuple[Text | None, list[Mapping[str, Any]]]:
        """The first text of help under an item is its hint; the other items under it stand there."""
        for one in children:
            part = Element(one, str(one.get("linkId", "")), self._told)
            if one.get("type") == "display" and isinstance(one.get("text"), str) and _is_help(part):
                part.taken |= {"linkId", "type"}
                hint = self.text(part, "text", part.take("text"))
                part.leftovers()
                return hint, [other for other in children if other is not one]
        return None, children

    def _limits(self, element: Element) -> dict[str, Any]:
        units = [value_of(one) for one in element.extensions(names.UNIT, names.UNIT_OPTION)]
        found: dict[str, Any] = {
            "min_length": _whole(element, names.MIN_LENGTH) or 0,
            "decimals": _whole(element, names.DECIMALS),
            "repeats_at_least": _whole(element, names.MIN_OCCURS) or 0,
            "repeats_at_most": _whole(element, names.MAX_OCCURS),
            "least": self._bound(element, names.MIN_VALUE),
            "most": self._bound(element, names.MAX_VALUE),
            "is_scale": "slider" in _controls(element),
            "units": tuple(self._unit(element, one) for one in units if isinstance(one, Mapping)),
        }
        longest, pattern = element.take("maxLength", int), element.extension(names.REGEX)
        if longest is not None:
            found["max_length"] = longest
        if isinstance(pattern, str):
            why = heaviness(pattern)
            if why:
                element.tell("a regular expression", f"{pattern[:80]} {why}")
            found["pattern"] = "" if why else pattern
        return found

    def _unit(self, element: Element, coding: Mapping[str, Any]) -> Unit:
        part = Element(coding, element.owner, element.unsupported, taken={"system", "code"})
        code = str(coding.get("code") or coding.get("display") or "")
        label = self.text(part, "display", part.take("display") or code)
        part.leftovers("of a unit")
        return Unit(code=code, label=label)

    def _bound(self, element: Element, url: str) -> Decimal | str | None:
        found = element.extensions(url)
        if not found:
            return None
        value = value_of(found[0])
        if value is None or isinstance(value, Mapping):
            today = [one for one in _shadow_expressions(found[0]) if one == "today()"]
            if not today:
                element.tell(f"the extension {url.rsplit('/', 1)[-1]}", dict(found[0]))
            return "today" if today else None
        if isinstance(value, str):
            return value
        try:
            return Decimal(str(value))
        except InvalidOperation:
            return None

    def _choosing(self, element: Element, kind: str) -> dict[str, Any]:
        written: tuple[Option, ...] = options.options_of(element, self.text)
        address = element.take("answerValueSet")
        if address:
            written = (*written, *options.options_from(element, self._lists, address, self.text))
        return {"options": written, "options_from": address or ""}

    def _asking(self, element: Element) -> dict[str, Any]:
        show_when, show_if = conditions.read(element)
        return {
            "show_when": show_when,
            "show_if": show_if,
            "show_expression": expression(element, names.SHOW_EXPRESSION),
            "calculated": expression(element, names.CALCULATED),
            "initial_expression": expression(element, names.INITIAL_EXPRESSION),
            "variables": variables(element),
        }

    def _initial(self, element: Element) -> dict[str, Any]:
        found = [_plain(value_of(one)) for one in element.children("initial")]
        if not found:
            return {}
        return {"initial": found if len(found) > 1 else found[0]}

    def _mend(self, element: Element, said: dict[str, Any]) -> None:
        """What the standard allows and cannot be filled in: told, and asked in the nearest way that can."""
        if said["type"] == "group" and not said["items"]:
            element.tell("a group that holds nothing", said["label"].fi, False)
            said["type"] = "display"
        if said["type"] in {"choice", "choices"} and not said["options"] and not said["options_from"]:
            element.tell("a choice without options", said["label"].fi)
            said["type"], said["repeats"] = "text", said["type"] == "choices"
        if (
            said["items"]
            and said["type"] not in {"group", "display"}
            and (said["repeats"] or said["type"] == "choices")
        ):
            element.tell("items under each answer of a question with several", said["label"].fi)


def _of_files(element: Element) -> None:
    """Our own limits hold for every file. Others of the form are told."""
    for one in element.extensions(names.MAX_SIZE):
        most = value_of(one)
        if not isinstance(most, int | Decimal) or most * 1_000_000 != files.MOST_BYTES:
            element.tell("the extension maxSize: another size of files than ours", most, False)
    wanted, ours = {str(value_of(one)) for one in element.extensions(names.MIME_TYPE)}, files.ENDINGS.keys()
    if wanted and wanted != ours:
        told = "the extension mimeType: other kinds of files than ours"
        element.tell(told, ", ".join(sorted(wanted)), not wanted & ours)


def _controls(element: Element) -> set[str]:
    """The codes of an item's control. Those that only say how it looks are told as harmless."""
    found = set()
    for one in element.extensions(names.ITEM_CONTROL):
        codes = _codes_of(value_of(one))
        if not codes & {"slider"}:
            element.tell("the extension questionnaire-itemControl", value_of(one), False)
        found |= codes
    return found


def _is_help(element: Element) -> bool:
    extensions = [one for one in as_objects(element.data.get("extension")) if one.get("url") == names.ITEM_CONTROL]
    if len(extensions) != 1 or "help" not in _codes_of(value_of(extensions[0])):
        return False
    element.extensions(names.ITEM_CONTROL)
    return True


def _codes_of(concept: Any) -> set[str]:
    codings = concept.get("coding") if isinstance(concept, Mapping) else None
    return {str(one.get("code")) for one in as_objects(codings)}


def _shadow_expressions(extension: Mapping[str, Any]) -> list[str]:
    """The expressions that stand in place of a value: `_valueDate` with an expression, or beside it."""
    shadows = [one for name, one in extension.items() if name.startswith("_value") and isinstance(one, Mapping)]
    found = []
    for one in [*shadows, extension]:
        for inner in as_objects(one.get("extension")):
            said = value_of(inner)
            if isinstance(said, Mapping) and inner.get("url") in {names.CALCULATED_VALUE, names.CQF_EXPRESSION}:
                found.append(str(said.get("expression", "")).strip())
    return found


def _whole(element: Element, url: str) -> int | None:
    value = element.extension(url)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _plain(value: Any) -> Any:
    """An initial value as answers are kept."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        if "value" in value:
            return {"value": _plain(value["value"]), "unit": str(value.get("code") or value.get("unit") or "")}
        return str(value.get("code") or value.get("display") or "")
    return plain(value) if isinstance(value, Decimal) else value
