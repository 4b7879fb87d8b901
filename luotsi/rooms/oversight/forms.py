"""What an administrator writes: whom to look for, which role to propose, why something ends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.domain.organisation import definitions
from luotsi.domain.organisation.rules import NotPossible
from luotsi.rooms.oversight import words
from luotsi.rooms.oversight.choices import LONGEST_WORDS
from luotsi.ui.forms import DayInput, LongText, ShortText

LONGEST_REASON = 1_000
NO_DAY = _("Write the day so: 31.3.2027.")
DAYS = ("%Y-%m-%d", "%d.%m.%Y")
_TOO_LONG = _("The text is too long: it has %(show_value)d characters, at most %(limit_value)d fit. Shorten it.")


class Search(ShortText):
    """Words to look for. The browser does not remember them: they are a person's name."""

    input_type = "search"

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off"})


class NarrowingForm(forms.Form):
    """Which of the list to show."""

    words = forms.CharField(label=_("Search by name"), required=False, max_length=LONGEST_WORDS, widget=Search())
    unit = forms.ChoiceField(required=False, widget=forms.Select({"aria-label": _("Unit")}))
    role = forms.ChoiceField(required=False, widget=forms.Select({"aria-label": _("Role")}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("All units")), *words.unit_options()]
        self.fields["role"].choices = [("", _("All roles")), *words.role_options()]


class ProposalForm(forms.Form):
    """A role in a unit for a time. What the rules refuse is said by the field that mends it."""

    role = forms.ChoiceField(
        label=_("Role"), error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose a role.")}
    )
    unit = forms.ChoiceField(
        label=_("Unit"), error_messages={"required": _("Choose a unit."), "invalid_choice": _("Choose a unit.")}
    )
    valid_from = forms.DateField(
        label=_("First day"),
        widget=DayInput(),
        input_formats=DAYS,
        error_messages={"required": _("Choose the first day."), "invalid": NO_DAY},
    )
    valid_to = forms.DateField(
        label=_("Last day"),
        widget=DayInput(),
        input_formats=DAYS,
        error_messages={"required": _("Choose the last day."), "invalid": NO_DAY},
    )
    reason = forms.CharField(
        label=_("Why it is needed"),
        help_text=_("The second person reads this, and it stays in the history."),
        max_length=LONGEST_REASON,
        widget=LongText(rows=3),
        error_messages={
            "required": _("Write why this role is needed. The second person reads it."),
            "max_length": _TOO_LONG,
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limits = {"span": words.longest_words(), "days": definitions.county().grants.ends_soon_days}
        told = _("A role lasts %(span)s at most. The list says it %(days)d days before it ends.")
        self.fields["valid_to"].help_text = told % limits
        self.fields["role"].choices = [("", _("Choose a role")), *words.role_options()]
        self.fields["unit"].choices = [("", _("Choose a unit")), *words.unit_options()]

    def refuse(self, refusal: NotPossible) -> None:
        self.add_error(words.FIELDS.get(refusal.why) or None, words.why_words(refusal.why))


class ReasonForm(forms.Form):
    """Why something ends or is declined; one may leave it empty when there is no time."""

    reason = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        widget=LongText(rows=3),
        error_messages={"max_length": _TOO_LONG},
    )

    def __init__(self, label: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
