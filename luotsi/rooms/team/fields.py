"""Fields of the forms about people: an identity code, a day, a municipality, a language."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.domain.organisation import definitions as organisation
from luotsi.domain.people.rules import BadIdentityCode, normalise_identity
from luotsi.ui.forms import Choices, DayInput, LongText, PhoneInput, ShortText

BAD_CODE = _("This is not a Finnish identity code. It has 11 characters: birth date, a sign and four more. Check each.")
TOO_LONG = _("The text is too long: it has %(show_value)d characters, at most %(limit_value)d fit. Shorten it.")
NO_DAY = _("Write the day so: 31.3.2027.")
DAYS = ("%Y-%m-%d", "%d.%m.%Y")
LONGEST_REASON = 1_000
# Each language by its own name, so that whoever needs it finds it.
LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_CODE = re.compile(r"\d{6}\s*[-+A-FU-Y\u2212\u2013]\s*\d{3}[0-9A-Y]", re.IGNORECASE)
_PHONE = re.compile(r"^\+?[0-9][0-9 ()/-]{4,18}\Z")


class CodeField(forms.CharField):
    """An identity code, however it was typed: spaces, small letters and typographic dashes are forgiven."""

    default_error_messages = {"required": _("Write the identity code."), "max_length": BAD_CODE}

    def __init__(self, **kwargs: Any) -> None:
        told = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        super().__init__(max_length=40, widget=ShortText(told), **kwargs)
        self.validators[0].message = BAD_CODE

    def clean(self, value: Any) -> str:
        text = "".join(unicodedata.normalize("NFKC", str(super().clean(value))).split()).translate(_DASHES)
        if not text:
            return ""
        try:
            return normalise_identity(text)
        except (BadIdentityCode, ValueError):
            raise forms.ValidationError(BAD_CODE) from None


class DayField(forms.DateField):
    """A day, from the browser's calendar or written as 31.3.2027."""

    def __init__(self, **kwargs: Any) -> None:
        messages = {"invalid": NO_DAY, **kwargs.pop("error_messages", {})}
        super().__init__(widget=DayInput(), input_formats=DAYS, error_messages=messages, **kwargs)


class OwnWords(forms.CharField):
    """A reason in one's own words, which others read: two words at least, and nobody's identity code."""

    def __init__(self, *, required_message: Any, rows: int = 3, **kwargs: Any) -> None:
        self.required_message = required_message
        super().__init__(
            max_length=LONGEST_REASON, widget=LongText(rows=rows), error_messages={"required": required_message},
            **kwargs,
        )  # fmt: skip
        self.validators[0].message = TOO_LONG

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        if text and len(text.split()) < 2:
            raise forms.ValidationError(self.required_message)
        if _CODE.search(text):
            raise forms.ValidationError(_("Leave the identity code out: others read this text."))
        return text


def name_field(label: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=100, widget=ShortText({"autocomplete": "off"}), error_messages={"required": missing}
    )


def phone_field() -> forms.CharField:
    bad = _("Write a phone number, for example 040 123 4567.")
    return forms.CharField(
        label=_("Phone number"), required=False, max_length=20, widget=PhoneInput({"autocomplete": "off"}),
        validators=[RegexValidator(_PHONE, bad)],
    )  # fmt: skip


def mail_field() -> forms.EmailField:
    return forms.EmailField(
        label=_("E-mail address"), required=False, max_length=254, widget=forms.EmailInput({"autocomplete": "off"}),
        error_messages={"invalid": _("Write an e-mail address, for example name@example.org.")},
    )  # fmt: skip


def language_field() -> forms.ChoiceField:
    say = _("Choose a language.")
    return forms.ChoiceField(
        label=_("Language of service"), choices=LANGUAGES, widget=Choices(),
        error_messages={"required": say, "invalid_choice": say},
    )  # fmt: skip


def municipality_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Home municipality"), required=False, choices=municipalities,
        error_messages={"invalid_choice": _("Choose a municipality from the list.")},
    )  # fmt: skip


def municipalities() -> list[tuple[str, Any]]:
    names = organisation.municipality_names().items()
    towns = [(code, name.in_language(get_language() or "fi")) for code, name in names]
    return [*towns, ("", pgettext_lazy("municipality", "Another municipality"))]
