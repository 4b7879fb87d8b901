"""A Django form made of a questionnaire from the shelf: one field for each question."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _

from luotsi.domain.questionnaires import rules
from luotsi.domain.questionnaires.definitions import Item, Questionnaire
from luotsi.ui.forms import Choices, DayInput, LongText, ManyChoices, PhoneInput, ShortText

_PHONE = re.compile(r"^\+?[0-9][0-9 ()-]{4,18}$")


class QuestionnaireForm(forms.Form):
    """The questions in one language. `key` makes a repeated sending count once; what is `known` is not asked."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        definition: Questionnaire,
        language: str,
        *args: Any,
        known: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid4())
        super().__init__(*args, **kwargs)
        self.definition, self.known = definition, dict(known or {})
        for item in definition.items:
            if item.key not in self.known:
                self.fields[item.key] = _field(item, language)

    def answers(self) -> dict[str, Any]:
        """Answers to the questions that were asked, with what was known without asking."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "key"} | self.known
        return rules.keep_asked(self.definition, given)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for item in rules.missing(self.definition, cleaned | self.known):
            if item.key not in self.errors:
                self.add_error(item.key, self.fields[item.key].error_messages["required"])
        return cleaned


def check_phone(value: str) -> None:
    """A number one can call: digits, spaces, an optional +."""
    if value and not _PHONE.match(value.strip()):
        raise forms.ValidationError(_("Write a phone number, for example 040 123 4567."))


def _field(item: Item, language: str) -> forms.Field:
    label = item.label.in_language(language)
    common: dict[str, Any] = {
        "label": label,
        "help_text": item.hint.in_language(language) if item.hint else "",
        # A question that depends on another is required only when it is asked; the form's clean() sees to it.
        "required": item.required and not item.show_when,
        "error_messages": {"required": _required(item, label)},
    }
    options = [(option.value, option.label.in_language(language)) for option in item.options]
    if item.type == "choice":
        return forms.ChoiceField(choices=options, widget=Choices(), **common)
    if item.type == "choices":
        return forms.MultipleChoiceField(choices=options, widget=ManyChoices(), **common)
    if item.type == "yes_no":
        return forms.ChoiceField(choices=[("yes", _("Yes")), ("no", _("No"))], widget=Choices(), **common)
    if item.type == "day":
        return forms.DateField(widget=DayInput(), **common)
    if item.type == "phone":
        return forms.CharField(max_length=item.max_length, widget=PhoneInput(), validators=[check_phone], **common)
    widget = LongText(rows=6) if item.type == "long_text" else ShortText()
    return forms.CharField(max_length=item.max_length, widget=widget, **common)


def _required(item: Item, question: str) -> str:
    """What to do, with the question named, since the summary on top stands far from it."""
    if item.type in {"choice", "choices", "yes_no"}:
        return _("Choose one of the answers: %(question)s") % {"question": question}
    if item.type == "phone":
        return _("Write your phone number.")
    return _("Write an answer: %(question)s") % {"question": question}
