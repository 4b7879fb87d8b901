"""What a worker writes of access: an emergency, a consent, a matter kept from guardians."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import today
from luotsi.domain.people.definitions import ConsentPurpose, emergency_reasons
from luotsi.rooms.team import fields, words
from luotsi.ui.forms import Choices


class EmergencyForm(forms.Form):
    """Which register is opened, why, and the worker's own words. A worker of one register is not asked which."""

    register = forms.ChoiceField(
        label=_("What you need to see"), widget=Choices(),
        error_messages={"required": _("Choose what you need to see."), "invalid_choice": _("Choose from the list.")},
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Reason"), widget=Choices(),
        error_messages={"required": _("Choose the reason."), "invalid_choice": _("Choose one of the reasons below.")},
    )  # fmt: skip
    own_words = fields.OwnWords(
        label=_("In your own words"),
        help_text=_("What has happened, and what you need to know. The person and the privacy officer read this."),
        required_message=_("Write the reason in a few words."),
    )

    def __init__(self, *args: Any, registers: Sequence[str], asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "fi"
        self.registers = registers
        self.fields["register"].choices = [(one, words.register_words(one)) for one in registers]
        if not asks:
            del self.fields["register"]
        reasons = emergency_reasons().values()
        self.fields["reason"].choices = [(one.key, one.name.in_language(language)) for one in reasons]

    @property
    def chosen_register(self) -> str:
        return self.cleaned_data.get("register") or self.registers[0]

    def said(self) -> dict[str, str]:
        """The reason by its key, so that each reads it in their own language, and the worker's words."""
        return {"reason_key": self.cleaned_data["reason"], "reason": self.cleaned_data["own_words"]}


class ConsentForm(forms.Form):
    """What the person said to one purpose, and how they said it."""

    answer = forms.ChoiceField(
        label=_("The person's answer"), widget=Choices(),
        choices=[("yes", _("Yes")), ("no", _("No")), ("back", _("Takes back what they said before"))],
        error_messages={"required": _("Choose the answer."), "invalid_choice": _("Choose one of the answers below.")},
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("How it was said"), widget=Choices(),
        error_messages={"required": _("Choose how it was said."), "invalid_choice": _("Choose from the list.")},
    )  # fmt: skip
    valid_to = fields.DayField(label=_("Last day"), required=False, help_text=_("Leave empty if there is none."))

    def __init__(self, purpose: ConsentPurpose, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purpose
        self.fields["how"].choices = [(one, words.how_words(one)) for one in ("phone", "visit", "paper")]

    def clean_valid_to(self) -> date | None:
        last: date | None = self.cleaned_data["valid_to"]
        if last is not None and last < today():
            raise forms.ValidationError(_("The last day is today or later."))
        return last


class PrivateForm(forms.Form):
    """On what a professional's judgement rests that a minor may decide who knows of the matter."""

    why = fields.OwnWords(
        label=_("On what the judgement rests"),
        help_text=_("The minor's age, development and wish, in relation to this matter."),
        required_message=_("Write in a few words on what the judgement rests."),
    )


class SharingForm(forms.Form):
    """Why a matter that was kept from guardians is shared with them again."""

    why = fields.OwnWords(
        label=_("Why it is shared again"),
        help_text=_("What the minor wishes now, and on what your judgement rests."),
        required_message=_("Write in a few words why it is shared again."),
    )
