"""Answers ⇄ QuestionnaireResponse of HL7 FHIR R4."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from luotsi.base.now import in_helsinki
from luotsi.domain.questionnaires.definitions import Item, Questionnaire
from luotsi.domain.questionnaires.rules.asking import as_list
from luotsi.domain.questionnaires.rules.checking import plain
from luotsi.domain.questionnaires.rules.files import Sound, Unfit, check_room
from luotsi.domain.questionnaires.rules.resource import answer_value
from luotsi.gateways.fhir.questionnaires import attachments
from luotsi.gateways.fhir.questionnaires.element import Element, Unsupported, value_of

MOST_ANSWERS = 20_000
MOST_BYTES = 30_000_000  # of a response with its files in it


@dataclass(frozen=True)
class Answered:
    """Answers read from a response, with what it says that the form has no place for. `files` are those that came in
    it, by the id that stands among the answers, each with its question.
    """

    answers: dict[str, Any]
    unsupported: tuple[Unsupported, ...]
    files: dict[str, tuple[str, Sound]] = field(default_factory=dict)


def read_response(document: Mapping[str, Any], form: Questionnaire) -> Answered:
    """Raises ValueError for another resource, or one with too many answers."""
    if document.get("resourceType") != "QuestionnaireResponse":
        raise ValueError(f"this is a {str(document.get('resourceType', 'JSON'))[:40]}, not a QuestionnaireResponse")
    told: list[Unsupported] = []
    items = {item.key: item for item in form.every_item}
    answers: dict[str, Any] = {}
    files: dict[str, tuple[str, Sound]] = {}
    waiting = [(one, answers) for one in reversed(Element(document, "", told).children("item"))]
    count = 0
    while waiting:
        count += 1
        if count > MOST_ANSWERS:
            raise ValueError(f"the response has more than {MOST_ANSWERS} items")
        given, into = waiting.pop()
        waiting += reversed(list(_read_item(given, into, items, told, files)))
    return Answered(answers, tuple(told), files)


def _read_item(
    given: Mapping[str, Any],
    into: dict[str, Any],
    items: Mapping[str, Item],
    told: list[Unsupported],
    files: dict[str, tuple[str, Sound]],
) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
    """Put one item's answers where they belong; gives what stands under it with where that belongs."""
    key = str(given.get("linkId", ""))
    element = Element(given, key, told)
    item = items.get(key)
    if item is None:
        element.tell("an item that the form does not have", str(given.get("text", "")))
        return
    if item.type == "group" and item.repeats:
        row: dict[str, Any] = {}
        into.setdefault(key, []).append(row)
        into = row
    found = []
    for answer in element.children("answer"):
        value = value_of(answer)
        is_file = item.type == "file" and isinstance(value, Mapping)
        value = _file(item, value, element, files) if is_file else _kept(item, value)
        if value is not None:
            found.append(value)
        yield from ((one, into) for one in Element(answer, key, told).children("item"))
    if len(found) > 1 and not (item.repeats or item.type == "choices"):
        element.tell("several answers where one is kept", str(len(found)))
        found = found[:1]
    if found:
        into[key] = found if item.repeats or item.type == "choices" else found[0]
    yield from ((one, into) for one in element.children("item"))


def _file(
    item: Item, written: Mapping[str, Any], element: Element, files: dict[str, tuple[str, Sound]]
) -> dict[str, Any] | None:
    """What stands for the file among the answers; one that is not taken is told."""
    try:
        kept, sound = attachments.read(written)
        if sound is not None:
            check_room([*(len(one.content) for _, one in files.values()), len(sound.content)])
    except attachments.NotTaken as why:
        element.tell("an attachment", str(why))
        return None
    except Unfit:
        element.tell("an attachment", "the response holds more files than one response may")
        return None
    if sound is not None:
        files[kept["file"]] = (item.key, sound)
    return kept


def _kept(item: Item, value: Any) -> Any:
    """One answer as answers are kept; whether it fits is for the reading of the form to say."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        if item.type in {"quantity", "number", "whole_number"}:
            amount = value.get("value")
            amount = plain(amount) if isinstance(amount, Decimal) else amount
            return (
                {"value": amount, "unit": value.get("code") or value.get("unit") or ""}
                if item.type == "quantity"
                else amount
            )
        if item.type == "reference":
            return {str(name): one for name, one in value.items() if isinstance(one, str | int)}
        value = value.get("code") or value.get("display")
    if item.type == "open_choice" and isinstance(value, str) and all(one.value != value for one in item.options):
        return {"other": value}
    return value


def write_response(
    form: Questionnaire,
    answers: Mapping[str, Any],
    *,
    id: str = "",
    language: str = "fi",
    completed_at: datetime | None = None,
    files: Mapping[str, bytes] | None = None,
) -> dict[str, Any]:
    """The resource as JSON-ready data, in the order of the form. It names nobody: who answered is for the caller.
    `files` are the contents that are to stand in it, by the ids among the answers; others are named by their id.
    """
    written: dict[str, Any] = {"resourceType": "QuestionnaireResponse"}
    if id:
        written["id"] = id
    written["language"] = language
    written["questionnaire"] = f"{form.url or 'urn:luotsi:questionnaire:' + form.key}|{form.version}"
    written["status"] = "completed" if completed_at else "in-progress"
    if completed_at:
        written["authored"] = in_helsinki(completed_at).isoformat(timespec="seconds")
    items = _written(form.items, answers, language, files or {})
    return written | ({"item": items} if items else {})


def _written(
    items: tuple[Item, ...], answers: Mapping[str, Any], language: str, files: Mapping[str, bytes]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for item in items:
        if item.type == "group" and item.repeats:
            rows = [row for row in as_list(answers.get(item.key)) if isinstance(row, Mapping)]
            found += [_one(item, [], _written(item.items, row, language, files), language) for row in rows]
            continue
        given = [_answer(item, one, language, files) for one in as_list(answers.get(item.key))]
        children = _written(item.items, answers, language, files)
        if given or children:
            found.append(_one(item, given, children, language))
    return found


def _one(item: Item, given: list[dict[str, Any]], children: list[dict[str, Any]], language: str) -> dict[str, Any]:
    one: dict[str, Any] = {"linkId": item.key, "text": item.label.in_language(language)}
    if children and item.type != "group":
        given = given or [{}]
        given[0]["item"] = children
    return (
        one | ({"answer": given} if given else {}) | ({"item": children} if children and item.type == "group" else {})
    )


def _answer(item: Item, value: Any, language: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    written = answer_value(item, value)
    if item.type == "file" and value["file"] in files:
        return {"valueAttachment": attachments.whole(written["valueAttachment"], files[value["file"]])}
    coding = written.get("valueCoding")
    option = next((one for one in item.options if one.value == value), None)
    if coding is not None and option is not None:
        coding["display"] = option.label.in_language(language)
    if item.type == "time" and len(str(value)) == 5:
        return {"valueTime": f"{value}:00"}
    if item.type == "moment":
        at = datetime.fromisoformat(str(value).replace("Z", "+00:00"))
        return {"valueDateTime": (at if at.tzinfo else in_helsinki(at)).isoformat(timespec="seconds")}
    return written
