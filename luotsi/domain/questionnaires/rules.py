"""Reading answers: what is asked, what is missing, what signals danger. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from luotsi.domain.questionnaires.definitions import Condition, Danger, Item, Questionnaire

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """One answer as pages show it: the question's item and the chosen words."""

    item: Item
    value: Any


def is_asked(item: Item, answers: Answers) -> bool:
    """Whether the item is asked, given the answers so far."""
    return all(_holds(condition, answers) for condition in item.show_when)


def keep_asked(definition: Questionnaire, answers: Answers) -> dict[str, Any]:
    """Only the answers to questions that were asked; an answer given before a change of mind is dropped."""
    return {
        item.key: answers[item.key]
        for item in definition.items
        if item.key in answers and is_asked(item, answers) and answers[item.key] not in ("", None, [])
    }


def missing(definition: Questionnaire, answers: Answers) -> list[Item]:
    """Required items that were asked and not answered."""
    return [
        item
        for item in definition.items
        if item.required and is_asked(item, answers) and answers.get(item.key) in ("", None, [])
    ]


def dangers(definition: Questionnaire, answers: Answers) -> list[Danger]:
    """What must be said at once because of these answers, each once, in the order of the questions."""
    found: dict[str, Danger] = {}
    for item in definition.items:
        given = answers.get(item.key)
        values = given if isinstance(given, (list, tuple)) else [given]
        for option in item.options:
            if option.danger and option.value in values and is_asked(item, answers):
                found[option.danger] = definition.dangers[option.danger]
    return list(found.values())


def in_words(definition: Questionnaire, answers: Answers, language: str) -> list[tuple[str, str]]:
    """(question, answer) pairs for reading, in the language."""
    return [(item.label.in_language(language), words) for item, words in answered(definition, answers, language)]


def answered(definition: Questionnaire, answers: Answers, language: str) -> list[tuple[Item, str]]:
    """Each question that was answered, with the answer in words, in the order of the questions."""
    return [(item, _words(item, answers[item.key], language)) for item in definition.items if item.key in answers]


def _holds(condition: Condition, answers: Answers) -> bool:
    given = answers.get(condition.item)
    values = given if isinstance(given, (list, tuple)) else [given]
    return any(str(value) in condition.is_one_of for value in values)


def _words(item: Item, value: Any, language: str) -> str:
    labels = {option.value: option.label.in_language(language) for option in item.options}
    if isinstance(value, (list, tuple)):
        return ", ".join(labels.get(one, str(one)) for one in value)
    return labels.get(value, str(value))
