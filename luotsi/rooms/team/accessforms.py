"""What a worker writes of access: an emergency, a mandate, a consent, a matter kept from guardians."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.base.dates import age_on
from luotsi.base.now import today
from luotsi.domain.people.definitions import ConsentPurpose, mandate_kinds
from luotsi.domain.people.definitions.access import emergency_reasons
from luotsi.domain.people.queries import Person
from luotsi.rooms.team import fields, words
from luotsi.ui.forms import Choices, ManyChoices


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

    @property
    def told(self) -> str:
        """The chosen reason and the worker's words, as the resident and the privacy officer read them."""
        chosen = emergency_reasons()[self.cleaned_data["reason"]].name.in_language(get_language() or "fi")
        return f"{chosen}: {self.cleaned_data['own_words']}"


class MandateForm(forms.Form):
    """Who may act for the person, by which right, from whom we know it, and for how long."""

    kind = forms.ChoiceField(
        label=_("By which right"), widget=Choices(),
        error_messages={"required": _("Choose by which right."), "invalid_choice": _("Choose from the list.")},
    )  # fmt: skip
    agent = fields.CodeField(label=_("Identity code of the one who acts"))
    registers = forms.MultipleChoiceField(
        initial=("health", "social"),
        label=_("What it covers"), widget=ManyChoices(),
        error_messages={"required": _("Choose what it covers."), "invalid_choice": _("Choose from the list.")},
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("How we know it"), widget=Choices(),
        error_messages={"required": _("Choose how we know it."), "invalid_choice": _("Choose from the list.")},
    )  # fmt: skip
    valid_from = fields.DayField(
        label=_("First day"), initial=today, error_messages={"required": _("Choose the first day.")}
    )
    valid_to = fields.DayField(label=_("Last day"), required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person, language = person, get_language() or "fi"
        kinds = mandate_kinds().values()
        self.fields["kind"].choices = [(one.key, one.name.in_language(language)) for one in kinds]
        sources = dict.fromkeys(source for one in kinds for source in one.sources)
        self.fields["source"].choices = [(source, words.source_words(source)) for source in sources]
        self.fields["registers"].choices = [(one, words.register_words(one)) for one in ("health", "social")]
        told = _("A guardian's right ends by itself when the child turns 18. Leave empty if there is no last day.")
        self.fields["valid_to"].help_text = told

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        kind = mandate_kinds().get(given.get("kind", ""))
        if kind and given.get("source") and given["source"] not in kind.sources:
            fitting = ", ".join(words.source_words(one).lower() for one in kind.sources)
            self.add_error("source", _("Such a right is known from: %(sources)s.") % {"sources": fitting})
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day is before the first one."))
        if kind and kind.until_age and first and age_on(self.person.birth_date, first) >= kind.until_age:
            self.add_error("kind", _("A guardian acts for a child. This person is of age by then."))
        return given


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
