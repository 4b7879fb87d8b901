"""One question as a page's form: its texts, its answers, when it is shown, what is allowed."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from luotsi.base.text import LANGUAGES
from luotsi.domain.questionnaires.definitions import Item, Option, Questionnaire, Unit
from luotsi.domain.questionnaires.definitions.asked import COUNTING
from luotsi.domain.questionnaires.rules import editing
from luotsi.rooms.steering.forms import words
from luotsi.rooms.steering.forms.conditions import condition_fields, read_conditions
from luotsi.rooms.steering.forms.numbers import number
from luotsi.rooms.steering.forms.texts import TextsForm
from luotsi.ui.forms import LongText, NumberInput, ShortText

_WRITING = {"text", "long_text", "phone", "url", "open_choice"}
_FLAGS = ("required", "repeats", "hidden", "read_only")
_EXPRESSIONS = ("calculated", "initial_expression", "show_expression")
_NUMBER = gettext_lazy("Write the number in figures, for example 12 or 2.5.")


class ItemForm(TextsForm):
    """The form of one question. `item_of_data` gives the question as it was written."""

    def __init__(self, whole: Questionnaire, item: Item, data: Any = None) -> None:
        super().__init__(data)
        self.whole, self.item = whole, item
        self._ask_texts()
        self._ask_kind()
        self._ask_limits()
        self._ask_options()
        condition_fields(self, whole, item)

    def _ask_texts(self) -> None:
        item = self.item
        self.ask_text("label", _("What the question says"), item.label, needed=True)
        self.ask_text("hint", _("Hint under the question"), item.hint)
        self.ask_text("label_for_another", _("What is asked when one answers for another"), item.label_for_another)
        self.ask_text("hint_for_another", _("Hint when one answers for another"), item.hint_for_another)
        if item.type in COUNTING:
            self.ask_text("least_label", _("What the lowest number means"), item.least_label)
            self.ask_text("most_label", _("What the highest number means"), item.most_label)
        if item.type in _WRITING:
            self.ask_text("pattern_says", _("What to say when it is written otherwise"), item.pattern_says)

    def _ask_kind(self) -> None:
        item, form = self.item, self.whole
        inside = {one.key for one in Questionnaire.model_construct(items=(item,)).every_item}  # type: ignore[call-arg]
        groups = [one for one in form.every_item if one.type == "group" and one.key not in inside]
        self.fields["type"] = _choice(_("Kind"), words.types().items(), item.type)
        self.fields["group"] = _choice(
            _("In the group"),
            [("", _("In no group")), *((one.key, words.name_of(form, one.key)) for one in groups)],
            editing.group_of(form, item.key),
        )
        flags = {
            "required": _("An answer is needed"),
            "repeats": _("Can be answered several times"),
            "hidden": _("Never shown"),
            "read_only": _("Shown, not asked"),
        }
        for name in _FLAGS:
            self.fields[name] = forms.BooleanField(label=flags[name], required=False, initial=getattr(item, name))
        labels = {
            "calculated": _("Computed from (FHIRPath)"),
            "initial_expression": _("Begins as (FHIRPath)"),
            "show_expression": _("Shown when (FHIRPath)"),
        }
        for name in _EXPRESSIONS:
            self.fields[name] = _text(labels[name], getattr(item, name), most=2_000)

    def _ask_limits(self) -> None:
        item = self.item
        if item.type in _WRITING:
            self.fields["max_length"] = _text(_("Longest answer, characters"), item.max_length, widget=NumberInput())
            self.fields["pattern"] = _text(_("Written as (regular expression)"), item.pattern)
        if item.type in COUNTING or item.type == "day":
            self.fields["least"] = _text(_("Smallest"), plain(item.least))
            self.fields["most"] = _text(_("Largest"), plain(item.most))
        if item.type in {"number", "quantity"}:
            self.fields["decimals"] = _text(_("Decimals at most"), plain(item.decimals), widget=NumberInput())
        if item.type == "whole_number":
            self.fields["is_scale"] = forms.BooleanField(
                label=_("Numbers side by side to choose from"), required=False, initial=item.is_scale
            )
        if item.type == "quantity":
            said = "\n".join(
                f"{unit.code} | {unit.label.fi} | {unit.label.sv} | {unit.label.en}" for unit in item.units
            )
            self.fields["units"] = _text(_("Units"), said, widget=LongText(rows=3))
            self.fields["units"].help_text = _("One on a line: code, then its name in the three languages, | between.")

    def _ask_options(self) -> None:
        dangers = [("", "–"), *((key, words.said(one.title) or key) for key, one in self.whole.dangers.items())]
        for number_, option in enumerate(self.options):
            for language in LANGUAGES:
                name = f"option-{number_}-{language}"
                self.fields[name] = _text(
                    _("Answer %(number)d, %(language)s")
                    % {"number": number_ + 1, "language": words.LANGUAGE_NAMES[language]},
                    getattr(option.label, language),
                    most=1_000,
                )
                self.fields[name].widget.attrs["lang"] = language
            self.fields[f"option-{number_}-points"] = _text(
                _("Points of answer %(number)d") % {"number": number_ + 1}, plain(option.points), widget=NumberInput()
            )
            if self.whole.dangers:
                self.fields[f"option-{number_}-danger"] = _choice(
                    _("Notice of danger for answer %(number)d") % {"number": number_ + 1}, dangers, option.danger
                )
            self.fields[f"option-{number_}-exclusive"] = forms.BooleanField(
                label=_("Excludes the others"), required=False, initial=option.exclusive
            )

    @property
    def options(self) -> tuple[Option, ...]:
        return self.item.options

    @property
    def option_rows(self) -> list[dict[str, Any]]:
        """The answers as the page draws them: their languages side by side, then the rest."""
        found = []
        for number_, option in enumerate(self.options):
            at = f"option-{number_}-"
            fields = [self[f"{at}{one}"] for one in LANGUAGES]
            for field, language in zip(fields, LANGUAGES, strict=True):
                field.label = words.LANGUAGE_NAMES[language]
            empty = [one for one, field in zip(LANGUAGES, fields, strict=True) if not str(field.value() or "").strip()]
            rest = [self[at + name] for name in ("points", "danger") if at + name in self.fields]
            rest += [self[f"{at}exclusive"]] if self.item.type == "choices" else []
            label = pgettext("form", "Answer %(number)d") % {"number": number_ + 1}
            row = {"label": label, "fields": fields, "missing": words.lacking(empty), "rest": rest, "number": number_}
            found.append(row | {"value": option.value, "is_first": not number_})
        return found

    def clean(self) -> dict[str, Any]:
        for name in ("least", "most", *(one for one in self.fields if one.endswith("-points"))):
            said = self.cleaned_data.get(name, "")
            if said and self.item.type != "day":
                try:
                    self.cleaned_data[name] = number(said)
                except ValueError:
                    self.add_error(name, _NUMBER)
        for name in ("max_length", "decimals"):
            said = self.cleaned_data.get(name, "")
            if said and not (said.isascii() and said.isdigit() and len(said) < 6):
                self.add_error(name, _NUMBER)
        return self.cleaned_data

    def written(self) -> Questionnaire:
        """The whole form with the question as it was written. Raises NotWhole."""
        item = self._item()
        form = editing.replaced(self.whole, self.item.key, item)
        return editing.grouped(form, item.key, self.cleaned_data["group"])

    def _item(self) -> Item:
        """Raises NotWhole."""
        said = self.cleaned_data
        parts: dict[str, Any] = {name: said[name] for name in (*_FLAGS, *_EXPRESSIONS)}
        parts["type"] = said["type"] or self.item.type
        parts |= {"label": self.text("label"), "options": self._options(), **read_conditions(self, self.whole)}
        texts = ("hint", "label_for_another", "hint_for_another", "least_label", "most_label", "pattern_says")
        parts |= {name: self.text_or_none(name) for name in texts if f"{name}-fi" in self.fields}
        parts |= {name: said[name] for name in ("pattern", "is_scale") if name in said}
        parts |= {name: said[name] or None for name in ("least", "most") if name in said}
        if "least" in said:
            parts |= {name: said[name] if said[name] != "" else None for name in ("least", "most")}
        if said.get("max_length"):
            parts["max_length"] = int(said["max_length"])
        if "decimals" in said:
            parts["decimals"] = int(said["decimals"]) if said["decimals"] else None
        if "units" in said:
            parts["units"] = tuple(_unit(line) for line in said["units"].splitlines() if line.strip())
        return editing.fitting(self.item.model_copy(update=parts))

    def _options(self) -> tuple[Option, ...]:
        found = []
        for number_, option in enumerate(self.options):
            said = {
                name: self.cleaned_data.get(f"option-{number_}-{name}")
                for name in (*LANGUAGES, "points", "danger", "exclusive")
            }
            label: dict[str, Any] = {one: str(said[one] or "").strip() for one in LANGUAGES}
            points = said["points"] if said["points"] != "" else None
            parts = {"points": points, "danger": said["danger"] or "", "exclusive": bool(said["exclusive"])}
            found.append(option.model_copy(update={"label": option.label.model_copy(update=label), **parts}))
        return tuple(found)


def _unit(line: str) -> Unit:
    parts = [one.strip() for one in line.split("|")]
    code, fi, sv, en = [*parts, *[parts[0]] * 4][:4] if len(parts) < 4 else parts[:4]
    return Unit.model_validate({"code": code, "label": {"fi": fi, "sv": sv, "en": en}})


def plain(value: Any) -> str:
    """A number as it is written in a field."""
    return "" if value is None else f"{value:f}" if isinstance(value, Decimal) else str(value)


def _text(label: str, initial: Any, *, most: int = 500, widget: forms.Widget | None = None) -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=most, initial=initial, widget=widget or ShortText())


def _choice(label: str, choices: Any, initial: str) -> forms.ChoiceField:
    listed = list(choices)
    is_needed = all(value for value, _label in listed)
    return forms.ChoiceField(label=label, required=is_needed, choices=listed, initial=initial)
