"""Asking a resident to fill in a form."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from luotsi.base.now import today
from luotsi.domain.questionnaires.definitions import Questionnaire
from luotsi.ui.forms import DayInput, LongText, Select


class InvitationForm(forms.Form):
    """`key` makes a repeated sending one invitation."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, fitting: Sequence[Questionnaire], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid4())
        kwargs.setdefault("auto_id", "invitation_%s")
        super().__init__(*args, **kwargs)
        language = get_language() or "fi"
        choices = [(form.key, form.name.in_language(language)) for form in fitting]
        self.fields["questionnaire"] = forms.ChoiceField(
            label=_("Which form"), choices=choices, widget=Select(),
            error_messages={"required": _("Choose the form."), "invalid_choice": _("Choose the form.")},
        )  # fmt: skip
        self.fields["due_on"] = forms.DateField(
            label=pgettext("invitation", "Answer by"), required=False, widget=DayInput()
        )
        self.fields["message"] = forms.CharField(
            label=_("Why we ask, in plain words"), required=False, max_length=1_000, widget=LongText(rows=3),
            help_text=_("The resident reads it after signing in. The mail says only that they have a message."),
        )  # fmt: skip

    def clean_due_on(self) -> date | None:
        due: date | None = self.cleaned_data["due_on"]
        if due is not None and due < today():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return due
