"""Expressions of a resource: FHIRPath is kept, what is written in another language is told."""

from collections.abc import Mapping
from typing import Any

from luotsi.domain.questionnaires.definitions import Expression
from luotsi.domain.questionnaires.rules import fhirpath
from luotsi.gateways.fhir.questionnaires import names
from luotsi.gateways.fhir.questionnaires.element import Element, value_of


def variables(element: Element) -> tuple[Expression, ...]:
    """The named expressions of the form or of an item, in their order."""
    found = []
    for one in element.extensions(names.VARIABLE):
        written = value_of(one)
        text = fhirpath_of(element, "variable", written)
        if text:
            found.append(Expression(name=str(written.get("name", "")), expression=text))
    return tuple(found)


def expression(element: Element, url: str) -> str:
    """The FHIRPath of an extension, or nothing."""
    return fhirpath_of(element, url.rsplit("/", 1)[-1], element.extension(url))


def fhirpath_of(element: Element, what: str, written: Any) -> str:
    if written is None:
        return ""
    if not isinstance(written, Mapping) or not isinstance(written.get("expression"), str):
        element.tell(what, written)
        return ""
    if written.get("language", "text/fhirpath") != "text/fhirpath":
        element.tell(f"{what} in {written.get('language')}", written["expression"])
        return ""
    try:
        fhirpath.compiled(written["expression"])
    except fhirpath.NotAnExpression as error:
        element.tell(what, str(error))
        return ""
    return str(written["expression"])


def written(text: str, name: str = "") -> dict[str, Any]:
    """An expression as the standard writes it."""
    return ({"name": name} if name else {}) | {"language": "text/fhirpath", "expression": text}
