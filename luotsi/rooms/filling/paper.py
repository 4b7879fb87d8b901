"""A questionnaire on paper: to be filled with a pen, or the answers that were given."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, pgettext

from luotsi.domain.questionnaires.definitions import Condition, Item, Questionnaire

_LINES = {"long_text": 5, "choice": 0, "choices": 0, "yes_no": 0, "file": 0}


@dataclass(frozen=True)
class PaperQuestion:
    """One question as it is printed. `when` says to whom it is put; `lines` is the room for an answer."""

    label: str
    hint: str = ""
    when: str = ""
    options: tuple[str, ...] = ()
    lines: range = range(0)
    is_text: bool = False
    is_heading: bool = False
    is_required: bool = False


def questions(form: Questionnaire) -> list[PaperQuestion]:
    """Every question that a person answers, also those that depend on another one: they say on which."""
    return list(_printed(form, form.items))


def _printed(form: Questionnaire, items: tuple[Item, ...]) -> Iterator[PaperQuestion]:
    language = get_language() or "fi"
    for item in items:
        label = item.label.in_language(language)
        if item.hidden or item.calculated or item.read_only:
            continue
        if item.type in {"group", "display"}:
            yield PaperQuestion(label, is_heading=item.type == "group", is_text=item.type == "display")
        else:
            yield PaperQuestion(
                label, _hint(item, language), _when(form, item, language),
                tuple(_options(item, language)), range(_room(item)), is_required=item.required,
            )  # fmt: skip
        for _ in range(_copies(item)):
            yield from _printed(form, item.items)


def _hint(item: Item, language: str) -> str:
    said = [item.hint.in_language(language)] if item.hint else []
    if item.type == "file":
        said.append(pgettext("filling", "Attach the picture or paper to this form, and write your name on it."))
    return " ".join(said)


def _copies(item: Item) -> int:
    """A group that repeats is printed as often as it is most often needed."""
    return min(item.repeats_at_most or 3, 3) if item.repeats and item.type == "group" else 1


def _options(item: Item, language: str) -> Iterator[str]:
    yield from (option.label.in_language(language) for option in item.options)
    if item.type == "yes_no":
        yield from (pgettext("filling", "Yes"), pgettext("filling", "No"))
    if item.is_scale and item.least is not None and item.most is not None:
        yield from _points(item, language)


def _points(item: Item, language: str) -> Iterator[str]:
    least, most = int(str(item.least)), int(str(item.most))
    ends = {least: item.least_label, most: item.most_label}
    for point in range(least, most + 1):
        said = ends.get(point)
        yield f"{point} {said.in_language(language)}" if said else str(point)


def _room(item: Item) -> int:
    return 0 if item.is_scale or item.options else _LINES.get(item.type, 1)


def _when(form: Questionnaire, item: Item, language: str) -> str:
    """On which answer the question depends, in words; "" for one that everybody is asked or that is hard to say."""
    said = [words for condition in item.show_when if (words := _condition(form, condition, language))]
    if not said:
        return ""
    return pgettext("filling", "Answer only if: %(when)s") % {"when": "; ".join(said)}


def _condition(form: Questionnaire, condition: Condition, language: str) -> str:
    other = next((one for one in form.every_item if one.key == condition.item), None)
    if other is None or not condition.is_one_of:
        return ""
    labels = {option.value: option.label.in_language(language) for option in other.options}
    labels |= {"yes": pgettext("filling", "Yes"), "no": pgettext("filling", "No")} if other.type == "yes_no" else {}
    answers = ", ".join(labels.get(value, value) for value in condition.is_one_of)
    return f"{other.label.in_language(language)} – {answers}"


def told(form: Questionnaire) -> dict[str, Any]:
    return {"form": form, "questions": questions(form)}
