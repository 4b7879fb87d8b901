"""A JSON object of a resource, read part by part: what nobody took is told at the end."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from luotsi.gateways.fhir.questionnaires.names import OURS, TRANSLATION


@dataclass(frozen=True)
class Unsupported:
    """Something that a document says and we do not keep. `matters`: answers may be asked or counted otherwise."""

    item: str  # its linkId, or "" for the form
    what: str
    says: str
    matters: bool = True

    def __str__(self) -> str:
        return f"{self.item or 'the form'}: {self.what} is not supported ({self.says})"


# What says how a form looks, where it comes from or what it is called elsewhere: no answer depends on it.
_PROPERTIES = """id meta text implicitRules name date publisher contact useContext jurisdiction purpose copyright
copyrightLabel approvalDate lastReviewDate subjectType experimental code definition display designation identifier
userSelected version versionAlgorithm immutable title status description url language"""
_EXTENSIONS = """rendering-style rendering-xhtml rendering-styleSensitive rendering-markdown
questionnaire-choiceOrientation questionnaire-itemControl questionnaire-optionPrefix questionnaire-displayCategory
questionnaire-supportLink questionnaire-sliderStepValue entryFormat sdc-questionnaire-width sdc-questionnaire-shortText
sdc-questionnaire-columnCount sdc-questionnaire-collapsible sdc-questionnaire-optionalDisplay designNote
sdc-questionnaire-choiceColumn sdc-questionnaire-openLabel sdc-questionnaire-keyboard preferredTerminologyServer
sdc-questionnaire-preferredTerminologyServer sdc-questionnaire-performerType sdc-questionnaire-observationLinkPeriod
sdc-questionnaire-observationExtract sdc-questionnaire-observation-extract-category sdc-questionnaire-endpoint
sdc-questionnaire-itemMedia sdc-questionnaire-itemAnswerMedia sdc-questionnaire-definitionExtract
sdc-questionnaire-targetStructureMap sdc-questionnaire-assemble-expectation artifact-versionPolicy
extension-Questionnaire.versionAlgorithm[x] extension-Questionnaire.item.disabledDisplay artifact-versionAlgorithm
valueset-label valueset-conceptOrder questionnaire-fhirType questionnaire-usageMode referencesContained
questionnaire-referenceResource questionnaire-referenceProfile"""
HARMLESS = frozenset(_PROPERTIES.split())
HARMLESS_EXTENSIONS = frozenset(_EXTENSIONS.split())


@dataclass
class Element:
    """`owner` is the linkId under which leftovers are told."""

    data: Mapping[str, Any]
    owner: str
    unsupported: list[Unsupported]
    taken: set[str] = field(default_factory=set)
    used: set[int] = field(default_factory=set)

    def take(self, name: str, kind: type | tuple[type, ...] = str, default: Any = None) -> Any:
        """A property of that type; another type is told and counts as none."""
        value = self.data.get(name)
        if value is None:
            return default
        self.taken.add(name)
        wrong_bool = isinstance(value, bool) and kind is not bool
        if not isinstance(value, kind) or wrong_bool:
            self.tell(f"{name} of another type", value)
            return default
        return value

    def children(self, name: str) -> list[Mapping[str, Any]]:
        """The objects of a list; what is no object in it is told."""
        found = self.take(name, list, [])
        for one in found:
            if not isinstance(one, Mapping):
                self.tell(f"{name} that is no object", one)
        return [one for one in found if isinstance(one, Mapping)]

    def extensions(self, *urls: str) -> list[Mapping[str, Any]]:
        """The extensions with one of these addresses, taken."""
        found = []
        for number, one in enumerate(self._all_extensions()):
            if one.get("url") in urls:
                self.used.add(number)
                found.append(one)
        return found

    def extension(self, *urls: str) -> Any:
        """The value of the one extension with such an address. A second one is told."""
        found = self.extensions(*urls)
        for extra in found[1:]:
            self.tell(f"a second extension {_tail(extra.get('url'))}", value_of(extra))
        return value_of(found[0]) if found else None

    def part(self, name: str) -> Any:
        """One of our own parts, as JSON; None when there is none."""
        written = self.extension(OURS + name)
        if not isinstance(written, str):
            return None
        try:
            return json.loads(written)
        except (ValueError, RecursionError):
            self.tell(f"our own part {name}", written)
            return None

    def translations(self, name: str) -> dict[str, str]:
        """The translations of a text, by language, from the extension of its shadow `_name`."""
        shadow = self.data.get(f"_{name}")
        if not isinstance(shadow, Mapping):
            return {}
        self.taken.add(f"_{name}")
        inner = Element(shadow, self.owner, self.unsupported)
        found: dict[str, str] = {}
        for one in inner.extensions(TRANSLATION):
            parts = {str(part.get("url")): value_of(part) for part in as_objects(one.get("extension"))}
            found[str(parts.get("lang", ""))[:2]] = str(parts.get("content", ""))
        inner.leftovers(f"of {name}")
        return found

    def tell(self, what: str, says: Any, matters: bool = True) -> None:
        words = says if isinstance(says, str) else json.dumps(says, ensure_ascii=False, default=str)
        self.unsupported.append(Unsupported(self.owner, what, words[:200], matters))

    def leftovers(self, where: str = "") -> None:
        """Tell what nobody took."""
        for name, value in self.data.items():
            if name not in self.taken and name != "extension" and not name.startswith("_"):
                self.tell(f"{name} {where}".strip(), value, name not in HARMLESS)
            elif name.startswith("_") and name not in self.taken:
                self.tell(f"{name} {where}".strip(), value, False)
        for number, one in enumerate(self._all_extensions()):
            if number not in self.used:
                tail = _tail(one.get("url"))
                told = value_of(one)
                self.tell(
                    f"the extension {tail} {where}".strip(),
                    told if told is not None else one.get("extension", ""),
                    tail not in HARMLESS_EXTENSIONS,
                )

    def _all_extensions(self) -> list[Mapping[str, Any]]:
        return as_objects(self.data.get("extension"))


def as_objects(found: Any) -> list[Mapping[str, Any]]:
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def value_of(extension: Mapping[str, Any]) -> Any:
    """The one value[x] of an extension, an option or an answer."""
    return next((value for name, value in extension.items() if name.startswith("value") and name != "value[x]"), None)


def _tail(url: Any) -> str:
    return str(url).rsplit("/", 1)[-1]
