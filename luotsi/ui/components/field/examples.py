"""Fields of every kind, fresh and come back with errors."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from luotsi.ui.example import Example
from luotsi.ui.example_words import WORDS
from luotsi.ui.forms import Choices, DayInput, LongText, ManyChoices, PhoneInput
from luotsi.ui.words import in_language


def _words(name: str) -> str:
    return in_language(WORDS[name])


def booking_form(**given: Any) -> forms.Form:
    """A form in the page's language."""

    class BookingForm(forms.Form):
        phone = forms.CharField(
            label=_words("number"),
            help_text=_words("number_hint"),
            widget=PhoneInput,
            validators=[RegexValidator(r"^\+?[\d ]{6,}$", _words("number_error"))],
        )
        matter = forms.CharField(
            label=_words("matter"), widget=LongText, error_messages={"required": _words("matter_error")}
        )
        since = forms.DateField(label=_words("since"), widget=DayInput, required=False)
        municipality = forms.ChoiceField(label=_words("municipality"), choices=[("205", "Kajaani"), ("765", "Sotkamo")])
        way = forms.ChoiceField(
            label=_words("wish"),
            widget=Choices,
            choices=[("visit", _words("visit")), ("video", _words("video")), ("phone", _words("phone"))],
        )
        languages = forms.MultipleChoiceField(
            label=_words("languages"),
            widget=ManyChoices,
            required=False,
            choices=[("fi", _words("finnish")), ("sv", _words("swedish"))],
        )
        interpreter = forms.BooleanField(label=_words("interpreter"), required=False)

    return BookingForm(**given)


def returned(*, prefix: str) -> forms.Form:
    """The form as it comes back: a bad number, nothing said of the matter."""
    sent = {"phone": "12", "municipality": "765", "way": "visit"}
    return booking_form(data={f"{prefix}-{name}": value for name, value in sent.items()}, prefix=prefix)


EXAMPLES = [
    Example("Every kind", "{{ form }}", lambda: {"form": booking_form(prefix="fresh")}),
    Example(
        "With errors",
        "{% error_summary form=form focus=False %}\n{{ form.phone.as_field_group }}\n{{ form.matter.as_field_group }}",
        lambda: {"form": returned(prefix="returned")},
    ),
]
