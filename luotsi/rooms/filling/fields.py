"""A page's questions as a form, and the form that comes back as answers. What stands is judged by rules alone."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import get_language, pgettext

from luotsi.domain.questionnaires.definitions import Item
from luotsi.domain.questionnaires.rules import Line, State
from luotsi.domain.questionnaires.rules.asking import as_list
from luotsi.rooms.filling.filefields import NOTHING_CAME, Came, Files, FilesField, file_hint, files_input
from luotsi.rooms.filling.steps import Step, number_of
from luotsi.rooms.filling.words import sentence
from luotsi.ui.forms import (
    Choices,
    DayInput,
    LongText,
    ManyChoices,
    MomentInput,
    NumberInput,
    OpenChoice,
    PhoneInput,
    QuantityInput,
    ScaleChoices,
    Select,
    ShortText,
    TimeInput,
    UrlInput,
)

LONGEST_RADIO_LIST = 15
WIDEST_SCALE = 11


class StepForm(forms.Form):
    """One field for each question of the page. Bound, it shows what was typed with the problems found in it."""

    use_required_attribute = False

    def __init__(self, step: Step, state: State, *, data: QueryDict | None = None, came: Came = NOTHING_CAME) -> None:
        values = {field_name(state, line): _as_shown(line) for line in step.questions}
        super().__init__(data, initial=values)
        self._unfit = came.unfit
        self._problems = {
            field_name(state, line): sentence(problem, names_question=len(step.questions) > 1)
            for line in step.lines
            if (problem := state.problems.get(line.name))
        }
        for line in step.questions:
            self.fields[field_name(state, line)] = _field(line.item, came)

    def full_clean(self) -> None:
        """The errors are those that the reading of all answers found; a page has no second opinion."""
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}
        if self.is_bound:
            for name, said in self._problems.items():
                self._errors[name if name in self.fields else forms.forms.NON_FIELD_ERRORS] = self.error_class([said])
            for name, why in self._unfit.items():
                self._errors[name] = self.error_class(why)


def field_name(state: State, line: Line) -> str:
    """The name of a line's field: numbers only, whatever the items of a form made elsewhere are called."""
    return _name(state, line.path)


def rows_name(state: State, line: Line) -> str:
    """The name of the field that says how many rows of a group the page shows."""
    return f"rows-{_name(state, line.path)}"


def given(step: Step, state: State, data: QueryDict, files: Files | None = None) -> dict[str, Any]:
    """What came back from the page, by the items at the top of the answers; a group that repeats comes whole. Of files
    those count that are known by their ids.
    """
    known = files or {}
    found: dict[str, Any] = {}
    groups = {line.path[0] for line in step.lines if _repeats(line)}
    for line in step.questions:
        if line.path[0] not in groups:
            found[line.item.key] = _value(line.item, field_name(state, line), data, known)
    for line in step.lines:
        if _repeats(line) and len(line.path) == 1:
            found[line.item.key] = _rows(state, line.item, (line.item.key,), data, known)
    return found


def change_rows(state: State, step: Step, answers: dict[str, Any], asked: str) -> None:
    """A row more at the end of a group, or one less: `asked` is "more-<name>" or "less-<name>-<row>"."""
    for line in step.lines:
        if not _repeats(line) or len(line.path) != 1:
            continue
        name, rows = _name(state, line.path), list(answers.get(line.item.key) or [])
        most = line.item.repeats_at_most
        if asked == f"more-{name}" and (most is None or len(rows) < most):
            rows = [*(rows or [{}]), {}]
        for number in range(len(rows)):
            if asked == f"less-{name}-{number}":
                rows = rows[:number] + rows[number + 1 :]
                break
        answers[line.item.key] = rows


def _repeats(line: Line) -> bool:
    return line.item.type == "group" and line.item.repeats


def _name(state: State, path: tuple[str | int, ...]) -> str:
    return "-".join(str(one) if isinstance(one, int) else f"q{number_of(state.form, one)}" for one in path)


def _rows(
    state: State, group: Item, path: tuple[str | int, ...], data: QueryDict, known: Files
) -> list[dict[str, Any]]:
    said = data.get(f"rows-{_name(state, path)}", "")
    count = min(int(said), 200) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    return [_row(state, group.items, (*path, number), data, known) for number in range(count)]


def _row(
    state: State, items: tuple[Item, ...], path: tuple[str | int, ...], data: QueryDict, known: Files
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for item in items:
        if item.type == "group" and item.repeats:
            found[item.key] = _rows(state, item, (*path, item.key), data, known)
            continue
        if item.is_answered_by_people:
            value = _value(item, _name(state, (*path, item.key)), data, known)
            found |= {} if value in (None, "", []) else {item.key: value}
        found |= _row(state, item.items, path, data, known)
    return found


def _value(item: Item, name: str, data: QueryDict, known: Files) -> Any:
    widget = _field(item).widget
    value = widget.value_from_datadict(data, {}, name)
    if item.type == "file":
        files = [known[id] for id in value if id in known]
        return files if item.repeats else (files or [None])[-1]
    if item.repeats and item.type != "choices" and not item.options:
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]
    return value


def _as_shown(line: Line) -> Any:
    if line.item.type == "file":
        return as_list(line.value)
    if line.item.repeats and not line.item.options and isinstance(line.value, list):
        return "\n".join(str(one) for one in line.value)
    return line.value


def _field(item: Item, came: Came = NOTHING_CAME) -> forms.Field:
    language = get_language() or "fi"
    kind = FilesField if item.type == "file" else forms.Field
    return kind(
        label=f"{item.prefix} {item.label.in_language(language)}".strip(),
        help_text=_hint(item, language),
        required=item.required,
        widget=files_input(is_many=item.repeats) if item.type == "file" else _widget(item, language),
        **({"came": came} if item.type == "file" else {}),
    )


def _hint(item: Item, language: str) -> str:
    said = [item.hint.in_language(language)] if item.hint else []
    if item.type == "file":
        return " ".join([*said, file_hint()])
    if item.repeats and not item.options and item.type != "choices":
        said.append(pgettext("filling", "Write each answer on a line of its own."))
    return " ".join(said)


def _widget(item: Item, language: str) -> forms.Widget:
    if item.repeats and not item.options:
        return LongText(rows=3)
    if item.options and (item.repeats or item.type == "choices"):
        return ManyChoices(choices=_options(item, language))
    if item.type == "open_choice":
        return OpenChoice(
            choices=_options(item, language), other=pgettext("filling", "Something else, in your own words")
        )
    if item.type == "choice" and item.options:
        is_long = len(item.options) > LONGEST_RADIO_LIST
        choices = _options(item, language)
        return Select(choices=[("", "–"), *choices]) if is_long else Choices(choices=choices)
    if item.type == "yes_no":
        return Choices(choices=[("yes", pgettext("filling", "Yes")), ("no", pgettext("filling", "No"))])
    if item.is_scale and (points := _points(item)):
        ends = [one.in_language(language) if one else "" for one in (item.least_label, item.most_label)]
        return ScaleChoices(choices=points, least=ends[0], most=ends[1])
    if item.type == "quantity":
        return QuantityInput(units=[(unit.code, unit.label.in_language(language)) for unit in item.units])
    return _PLAIN.get(item.type, ShortText)()


def _options(item: Item, language: str) -> list[tuple[str, str]]:
    return [(option.value, option.label.in_language(language)) for option in item.options]


def _points(item: Item) -> list[tuple[str, str]]:
    """The whole numbers of a scale, when they fit on a line or two."""
    try:
        least, most = int(str(item.least)), int(str(item.most))
    except ValueError:
        return []
    return [(str(one), str(one)) for one in range(least, most + 1)] if 0 < most - least < WIDEST_SCALE else []


_PLAIN: dict[str, type[forms.Widget]] = {
    "long_text": LongText,
    "phone": PhoneInput,
    "url": UrlInput,
    "whole_number": NumberInput,
    "number": NumberInput,
    "day": DayInput,
    "moment": MomentInput,
    "time": TimeInput,
}
