"""Answers in words."""

from collections.abc import Iterator
from typing import Any

from luotsi.domain.questionnaires.definitions import Item, Questionnaire
from luotsi.domain.questionnaires.rules.asking import Answers, as_list
from luotsi.domain.questionnaires.rules.files import size_words

_YES_NO = {
    "yes": {"fi": "Kyllä", "sv": "Ja", "en": "Yes"},
    "no": {"fi": "Ei", "sv": "Nej", "en": "No"},
}


def in_words(definition: Questionnaire, answers: Answers, language: str) -> list[tuple[str, str]]:
    """(question, answer) pairs for reading, in the language."""
    return [(item.label.in_language(language), said) for item, said in answered(definition, answers, language)]


def answered(definition: Questionnaire, answers: Answers, language: str) -> list[tuple[Item, str]]:
    """Each question that was answered, with the answer in words, in reading order, each row of a group by itself."""
    return list(_answered(definition.items, answers, language))


def words(item: Item, value: Any, language: str) -> str:
    """One answer in words; several with commas between them."""
    return ", ".join(_words(item, one, language) for one in as_list(value))


def _answered(items: tuple[Item, ...], answers: Answers, language: str) -> Iterator[tuple[Item, str]]:
    for item in items:
        if item.type == "group" and item.repeats:
            for row in as_list(answers.get(item.key)):
                yield from _answered(item.items, row if isinstance(row, dict) else {}, language)
            continue
        if item.key in answers:
            yield item, words(item, answers[item.key], language)
        yield from _answered(item.items, answers, language)


def _words(item: Item, value: Any, language: str) -> str:
    for option in item.options:
        if option.value == value:
            return option.label.in_language(language)
    if item.type == "yes_no" and value in _YES_NO:
        return _YES_NO[value].get(language[:2], _YES_NO[value]["fi"])
    if isinstance(value, dict):
        return _parts(item, value, language)
    if item.type in {"whole_number", "number"}:
        return _number(value, language)
    return _day(str(value)) if item.type == "day" else str(value)


def _parts(item: Item, value: dict[str, Any], language: str) -> str:
    if "other" in value:
        return str(value["other"])
    if item.type == "file" and isinstance(value.get("size"), int):
        return f"{value.get('name', '')} ({size_words(value['size'], language)})".strip()
    if "value" in value:
        units = {unit.code: unit.label.in_language(language) for unit in item.units}
        unit = units.get(value.get("unit", ""), value.get("unit", ""))
        return f"{_number(value['value'], language)} {unit}".strip()
    return str(value.get("display") or value.get("name") or value.get("title") or "")


def _number(value: Any, language: str) -> str:
    said = f"{value:g}" if isinstance(value, float) and abs(value) < 1e6 else str(value)
    return said if language[:2] == "en" else said.replace(".", ",")


def _day(said: str) -> str:
    """31.3.2026, as our texts write a day."""
    parts = said.split("-")
    return (
        f"{int(parts[2])}.{int(parts[1])}.{parts[0]}" if len(parts) == 3 and all(p.isdigit() for p in parts) else said
    )
