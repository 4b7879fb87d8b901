"""A Questionnaire made elsewhere → our form, with everything in it that we do not support."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.gateways.fhir.questionnaires import names
from luotsi.gateways.fhir.questionnaires.element import Element, Unsupported, value_of
from luotsi.gateways.fhir.questionnaires.expressions import variables
from luotsi.gateways.fhir.questionnaires.items import Items

MOST_BYTES = 5_000_000
_MOST_DIGITS = 40


class NotReadable(ValueError):
    """The document is no Questionnaire that can be used. Says why in one sentence."""


@dataclass(frozen=True)
class Imported:
    """A form made elsewhere. `unsupported` is in the order of the document; those that `matters` change answers."""

    form: Questionnaire
    unsupported: tuple[Unsupported, ...]

    @property
    def changes(self) -> tuple[Unsupported, ...]:
        return tuple(one for one in self.unsupported if one.matters)


def read(document: bytes | str | Mapping[str, Any]) -> Imported:
    """Raises NotReadable: no JSON, another resource, too big or deep, the same linkId twice, a circle of conditions."""
    data = document if isinstance(document, Mapping) else parsed(document)
    if data.get("resourceType") != "Questionnaire":
        raise NotReadable(f"this is a {str(data.get('resourceType', 'JSON'))[:40]}, not a FHIR Questionnaire")
    root = Element(data, "", [])
    root.taken.add("resourceType")
    try:
        form = _form(root)
        rules.read(form, {})
        found = rules.faults(form)
    except ValidationError as error:
        raise NotReadable(_sentence(error)) from None
    except rules.CannotBeRead as error:
        raise NotReadable(str(error)) from None
    except RecursionError:
        raise NotReadable("the form is too deep to be read") from None
    # A list of options that is elsewhere was told where its item was read.
    told = [
        *root.unsupported,
        *(Unsupported("", "this", one) for one in found if "options are not in the form" not in one),
    ]
    return Imported(form, tuple(told))


def parsed(document: bytes | str, *, most: int = MOST_BYTES) -> Mapping[str, Any]:
    """JSON as an object, numbers exact. Raises NotReadable."""
    if len(document) > most:
        raise NotReadable(f"the file has {_spaced(len(document))} bytes, at most {_spaced(most)}")
    try:
        data = json.loads(document, parse_float=_number, parse_int=_whole, parse_constant=_number)
    except (RecursionError, MemoryError):
        raise NotReadable("the file is nested too deeply") from None
    except UnicodeDecodeError:
        raise NotReadable("the file is not text in UTF-8") from None
    except ValueError as error:
        raise NotReadable(f"the file is not readable JSON: {error}") from None
    if not isinstance(data, Mapping):
        raise NotReadable("the file is JSON, but no object")
    return data


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", " ")


def _number(written: str) -> Decimal:
    if len(written) > _MOST_DIGITS or not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]{1,2})?", written):
        raise ValueError(f"{written[:40]} is not a number that can be kept")
    return Decimal(written)


def _whole(written: str) -> int:
    return int(_number(written))


def _form(root: Element) -> Questionnaire:
    language = (root.take("language") or "en")[:2].lower()
    items = Items(root, language)
    title = root.take("title") or root.take("name") or "Questionnaire"
    data: dict[str, Any] = {
        "key": _key(root),
        "name": items.text(root, "title", title),
        "version": _version(root),
        "language": language,
        "url": root.take("url") or "",
        "intro": items.text(root, "description", root.take("description") or ""),
        "source": root.take("copyright") or "",
        "variables": variables(root),
        "replaces": [str(value_of(one)) for one in root.extensions(names.REPLACES)],
        "items": items.read(root.children("item")),
    }
    data |= _validity(root)
    data |= {name: part for name in names.FORM_PARTS if (part := root.part(name)) is not None}
    _settle(root)
    if not data["items"]:
        raise NotReadable("the form has no items")
    return Questionnaire.model_validate(data)


def _key(root: Element) -> str:
    """The key that we gave, else the id, the name or the end of the address, as one word."""
    for one in root.children("identifier"):
        if one.get("system") == names.KEY_SYSTEM and isinstance(one.get("value"), str):
            return str(one["value"])[:80]
        root.tell("identifier", one, False)
    said = root.take("id") or root.take("name") or str(root.data.get("url", "")).rsplit("/", 1)[-1]
    return re.sub(r"[^a-z0-9]+", "_", str(said).lower()).strip("_")[:80] or "questionnaire"


def _version(root: Element) -> int:
    said = root.take("version") or "1"
    if re.fullmatch(r"[0-9]{1,6}", said):
        return int(said)
    root.tell("a version that is no whole number", said, False)
    return 1


def _validity(root: Element) -> dict[str, date]:
    period = root.take("effectivePeriod", Mapping, {})
    found: dict[str, date] = {}
    for ours, theirs in (("valid_from", "start"), ("valid_to", "end")):
        said = period.get(theirs)
        try:
            if said is not None:
                found[ours] = date.fromisoformat(str(said)[:10])
        except ValueError:
            root.tell(f"effectivePeriod.{theirs}", said, False)
    return found


def _settle(root: Element) -> None:
    """What needs no telling: a status, since publishing is decided here; lists of options that were read."""
    root.taken |= {"status", "contained", "item", "id", "name", "subjectType"}
    if "modifierExtension" in root.data:
        root.tell("modifierExtension", root.data["modifierExtension"])
        root.taken.add("modifierExtension")
    root.leftovers()


def _sentence(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(step) for step in first["loc"])
    return f"{place + ': ' if place else ''}{first['msg'].removeprefix('Value error, ')}"
