"""What a worker writes of a person: a code, a new person, contact data, a protection order, a death."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import today
from luotsi.domain.people.queries import Person
from luotsi.domain.people.rules import OLDEST
from luotsi.rooms.team import fields
from luotsi.rooms.team.forms import KeyedForm
from luotsi.ui.forms import ShortText


class CodeForm(forms.Form):
    code = fields.CodeField(
        label=_("Identity code"),
        help_text=_("11 characters: birth date, a sign and four more. A temporary code will do."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = not self.is_bound  # else the list of mistakes has the focus


class NewPersonForm(KeyedForm):
    """Somebody new. `key` is the id they get, so that what is sent twice registers one person."""

    first_name = fields.name_field(_("First names"), _("Write the first names."))
    last_name = fields.name_field(_("Family name"), _("Write the family name."))
    municipality = fields.municipality_field()
    language = fields.language_field()
    phone = fields.phone_field()
    mail = fields.mail_field()

    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class TemporaryForm(NewPersonForm):
    """Somebody without an identity code: the birth date gives the temporary one its first six digits. Somebody found
    without papers, or a child whom a notification does not name, may have none: that is ticked, not just left out.
    """

    birth_date = fields.DayField(label=_("Birth date"), required=False)
    no_birth_date = forms.BooleanField(
        label=_("The birth date is not known"), required=False,
        help_text=_(
            "If nobody knows the birth date, the stricter time limits are followed until it is known, and nobody can "
            "be given a right to act for the person. You can record it later."
        ),
    )  # fmt: skip
    field_order = ("first_name", "last_name", "birth_date", "no_birth_date")

    def clean_birth_date(self) -> date | None:
        born: date | None = self.cleaned_data["birth_date"]
        return None if born is None else _possible(born, None)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if "birth_date" not in self.errors and bool(given.get("birth_date")) == given["no_birth_date"]:
            self.add_error("birth_date", _("Choose the birth date, or tick that it is not known. Not both."))
        return given

    def said(self) -> dict[str, Any]:
        return {name: value for name, value in super().said().items() if name != "no_birth_date"}


class BirthForm(forms.Form):
    """When somebody was born who was registered without it."""

    birth_date = fields.DayField(label=_("Birth date"), error_messages={"required": _("Choose the birth date.")})

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, initial={"birth_date": person.birth_date}, **kwargs)
        self.died_on = person.died_on

    def clean_birth_date(self) -> date:
        return _possible(self.cleaned_data["birth_date"], self.died_on)


def _possible(born: date, died_on: date | None) -> date:
    if not OLDEST <= born <= today():
        raise forms.ValidationError(_("The birth date is not in the future, and not before 1850."))
    if died_on and born > died_on:
        raise forms.ValidationError(_("The birth date is not after the day of death."))
    return born


class DetailsForm(forms.Form):
    """Contact points, address, home municipality and language.

    While a protection order hides them, what is left empty stays as it is: the worker does not see what it was.
    """

    phone = fields.phone_field()
    mail = fields.mail_field()
    street = forms.CharField(label=_("Street address"), required=False, max_length=100, widget=ShortText())
    postal_code = forms.CharField(
        label=_("Postal code"), required=False, max_length=20, widget=ShortText({"inputmode": "numeric"}),
        validators=[RegexValidator(r"^[0-9]{5}\Z", _("Write the postal code as five digits, for example 88600."))],
    )  # fmt: skip
    town = forms.CharField(label=_("Town"), required=False, max_length=60, widget=ShortText())
    municipality = fields.municipality_field()
    language = fields.language_field()

    def __init__(self, *args: Any, person: Person, is_hidden: bool, **kwargs: Any) -> None:
        known = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(*args, initial=known, **kwargs)
        self.is_hidden = is_hidden
        if is_hidden:
            self.fields["municipality"].choices = [("", _("As it is")), *fields.municipalities()[:-1]]

    def said(self) -> dict[str, str]:
        said = dict(self.cleaned_data)
        return {name: value for name, value in said.items() if value} if self.is_hidden else said


class ProtectionForm(forms.Form):
    until = fields.DayField(
        label=_("Last day"), required=False, help_text=_("Leave empty if the order has no last day.")
    )

    def clean_until(self) -> date | None:
        until: date | None = self.cleaned_data["until"]
        if until is not None and until < today():
            raise forms.ValidationError(_("The last day is today or later."))
        return until


class DeathForm(forms.Form):
    died_on = fields.DayField(label=_("Day of death"), error_messages={"required": _("Choose the day of death.")})

    def __init__(self, *args: Any, born: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born = born

    def clean_died_on(self) -> date:
        died_on: date = self.cleaned_data["died_on"]
        if not (self.born or OLDEST) <= died_on <= today():
            raise forms.ValidationError(_("The day of death is between the birth date and today."))
        return died_on


class PairForm(forms.Form):
    """Two records that may be one person's."""

    temporary = fields.CodeField(label=_("Temporary code"), help_text=_("The record that was made without a code."))
    real = fields.CodeField(label=_("The person's own identity code"))


class SeparationForm(forms.Form):
    reason = fields.OwnWords(
        label=_("Why they are two persons after all"),
        help_text=_("It stays in the history. Write no names."),
        required_message=_("Write in a few words why the records are not one person's."),
    )
