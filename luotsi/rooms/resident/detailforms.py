"""What residents may change of their own details, and the code that shows that a new mail address is theirs."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people.queries import Person
from luotsi.ui.forms import Choices, PhoneInput, ShortText

# Each language by its own name, so that whoever needs it finds it.
_LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
_BAD_MAIL = _("Write an e-mail address, for example name@example.org.")

_PHONE = re.compile(r"^\+?[0-9][0-9 ()-]{4,18}$")


def check_phone(value: str) -> None:
    """A number one can call: digits, spaces, an optional +."""
    if value and not _PHONE.match(value.strip()):
        raise forms.ValidationError(_("Write a phone number, for example 040 123 4567."))


class DetailsForm(forms.Form):
    """Contact points, address, home municipality and language. What is left empty is forgotten."""

    phone = forms.CharField(
        label=_("Phone number"), required=False, max_length=20, widget=PhoneInput(), validators=[check_phone],
    )  # fmt: skip
    mail = forms.EmailField(
        label=_("E-mail address"), required=False, max_length=254,
        help_text=_("We send a code to a new address, so that it is surely yours."),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": _BAD_MAIL, "max_length": _BAD_MAIL},
    )  # fmt: skip
    street = forms.CharField(
        label=_("Street address"), required=False, max_length=100, widget=ShortText({"autocomplete": "street-address"})
    )
    postal_code = forms.CharField(
        label=_("Postal code"), required=False, max_length=20,
        widget=ShortText({"autocomplete": "postal-code", "inputmode": "numeric"}),
        validators=[RegexValidator(r"^[0-9]{5}\Z", _("Write the postal code as five digits, for example 88600."))],
    )  # fmt: skip
    town = forms.CharField(
        label=_("Town"), required=False, max_length=60, widget=ShortText({"autocomplete": "address-level2"})
    )
    municipality = forms.ChoiceField(
        label=_("Home municipality"), required=False,
        error_messages={"invalid_choice": _("Choose a municipality from the list.")},
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of service"), choices=_LANGUAGES, widget=Choices(),
        error_messages={"required": _("Choose a language."), "invalid_choice": _("Choose a language.")},
    )  # fmt: skip

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        known = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(*args, initial=known, **kwargs)
        names = organisation.municipality_names().items()
        towns = [(code, name.in_language(get_language() or "fi")) for code, name in names]
        self.fields["municipality"].choices = [*towns, ("", pgettext_lazy("municipality", "Another municipality"))]

    def said(self) -> dict[str, str]:
        """What was said of everything but a new mail address, which has to be shown to be theirs first."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "mail"}
        return said if self.new_mail or self.cleaned_data["mail"] else {**said, "mail": ""}

    @property
    def new_mail(self) -> str:
        """The address to which a code is sent; "" when the one we know stays."""
        given = str(self.cleaned_data["mail"])
        return given if given.casefold() != str(self.initial["mail"]).casefold() else ""


class CodeForm(forms.Form):
    """The six digits, however they are spaced."""

    code = forms.CharField(
        label=_("Code of six digits"), max_length=20,
        widget=ShortText({"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": _("Write the code that came to your e-mail.")},
    )  # fmt: skip

    def clean_code(self) -> str:
        digits = "".join(str(self.cleaned_data["code"]).split())
        if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("The code has six digits."))
        return digits
