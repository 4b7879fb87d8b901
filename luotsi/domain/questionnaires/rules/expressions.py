"""Expressions over answers, as HL7 SDC means them: FHIRPath whose focus is the item, %resource the whole response.

`looks_at` finds what an expression depends on without asking it, so that a form is read in one pass and an expression
sees only the answers that it names: asked over a whole response, the library takes a thousand times longer.
"""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol

from luotsi.domain.questionnaires.definitions import Item
from luotsi.domain.questionnaires.rules import fhirpath, resource

_ONE_ITEM = re.compile(
    r"(?:\b(?:item|descendants\(\)|repeat\(\s*item\s*\))\s*\.\s*)(?:where|first)\s*\(\s*linkId\s*=\s*'((?:[^'\\]|\\.)*)'\s*\)"
)
_LOOKS_AROUND = re.compile(r"\b(?:item|descendants|children|repeat)\b|%questionnaire\b")
_NAME = re.compile(r"%(?:`([^`]+)`|'([^']+)'|([A-Za-z_][A-Za-z0-9_-]*))")
_QUOTED = re.compile(r"'(?:[^'\\]|\\.)*'")
_MOST_KEPT = 20_000  # results kept for each form, until the process ends or they are too many
_LONGEST_KEPT = 1_000  # characters; a result of long texts is not kept, so that nobody's words stay in memory
_GIVEN = {"resource", "context", "qitem", "questionnaire", "ucum", "sct", "loinc", "rootResource"}


class Answered(Protocol):
    """What an expression is asked over: a sheet of answers."""

    plan: Any
    on: date | None

    def named(self, owner: str, scope: tuple[int, ...]) -> dict[str, Any]: ...

    def seen(self, wanted: Collection[str]) -> list[Any]: ...


class Unfit(ValueError):
    """The expression gives something that cannot be an answer to its item."""


def looks_at(text: str, items: Collection[str]) -> tuple[frozenset[str] | None, frozenset[str]]:
    """The items that the expression names (None: it looks at the form as a whole) and its %names."""
    named, names = _parsed(text)
    if named is None:
        return None, names
    return frozenset(one for one in named if one in items), names


def names_items(text: str) -> frozenset[str]:
    """The items that the expression names by their keys, whether or not there are such."""
    return frozenset(one.replace("\\'", "'") for one in _ONE_ITEM.findall(text))


def value(text: str, sheet: Answered, owner: str, scope: tuple[int, ...]) -> list[Any]:
    """What an expression at an item (or at the form: "") gives, as a list of plain values.

    Asked before of the same answers it is not asked again: a change costs what depends on it.
    """
    named, names = _parsed(text)
    there = sheet.named(owner, scope)
    used = {name: there[name] for name in names if name in there}
    if named is None:
        return _asked(text, sheet, owner, scope, None, used)
    wanted = {one for one in named if one in sheet.plan.items}
    seen = repr((text, owner, scope, sheet.on, sorted(used.items()), sheet.seen(wanted)))
    known = sheet.plan.given.get(seen)
    if known is None:
        known = _asked(text, sheet, owner, scope, wanted, used)
        if len(seen) < _LONGEST_KEPT:
            if len(sheet.plan.given) >= _MOST_KEPT:
                sheet.plan.given.clear()
            sheet.plan.given[seen] = known
    return list(known)


def _asked(
    text: str, sheet: Answered, owner: str, scope: tuple[int, ...], wanted: set[str] | None, used: dict[str, Any]
) -> list[Any]:
    whole, focus = resource.response(sheet, wanted, owner, scope)
    focus = fhirpath.item_node(focus) if owner else focus
    there = used | {"resource": whole, "context": focus, "qitem": focus, "rootResource": whole}
    there |= {"sct": "http://snomed.info/sct", "loinc": "http://loinc.org"}
    if "%questionnaire" in text:
        there["questionnaire"] = resource.questionnaire(sheet.plan.form)
    return fhirpath.ask(text, focus, there, on=sheet.on)


def first_answer(item: Item, text: str, known: Mapping[str, Any], on: date | None) -> Any:
    """What an initial expression gives before there are answers."""
    nothing: dict[str, Any] = {"resourceType": "QuestionnaireResponse"}
    return as_answer(item, fhirpath.ask(text, nothing, {"resource": nothing} | dict(known), on=on))


def as_answer(item: Item, found: list[Any]) -> Any:
    """Plain FHIRPath values as the item keeps answers. Raises Unfit for several where one is kept."""
    kept = [_plain(item, one) for one in found if one is not None]
    if item.repeats or item.type == "choices":
        return kept
    if len(kept) > 1:
        raise Unfit(f"it gives {len(kept)} values where one is kept")
    return kept[0] if kept else None


@lru_cache(maxsize=4_096)
def _parsed(text: str) -> tuple[frozenset[str] | None, frozenset[str]]:
    named = names_items(text)
    rest = _QUOTED.sub("''", _ONE_ITEM.sub(" ", text))
    bare = _QUOTED.sub("''", text) if "%'" not in text else text
    names = frozenset(next(part for part in found if part) for found in _NAME.findall(bare)) - _GIVEN
    return (None if _LOOKS_AROUND.search(rest) else named), names


def _plain(item: Item, one: Any) -> Any:
    if isinstance(one, Mapping):
        if "code" in one and item.type not in {"quantity"}:
            return str(one["code"])
        if "value" in one:
            return {"value": one["value"], "unit": str(one.get("code") or one.get("unit") or "")}
        return {"reference": str(one.get("reference", "")), "display": str(one.get("display", ""))}
    if fhirpath.is_special(one):
        amount = getattr(one, "value", None)
        return {"value": amount, "unit": str(one.unit).strip("'")} if amount is not None else str(one)
    if isinstance(one, Decimal | float) and not isinstance(one, bool):
        return _rounded(item, Decimal(str(one)))
    return one


def _rounded(item: Item, number: Decimal) -> Decimal:
    """To the item's decimals; without them to twelve digits, which hides what division leaves behind."""
    if not number.is_finite() or abs(number) >= Decimal(10) ** 15:
        raise Unfit("the number is too big")
    places = item.decimals if item.decimals is not None else 10
    return number.quantize(Decimal(1).scaleb(-places), rounding="ROUND_HALF_UP").normalize() + 0
