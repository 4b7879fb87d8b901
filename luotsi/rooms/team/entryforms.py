"""What an organisation's worker writes of a service of theirs, and what the county's checker answers."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.base.text import LANGUAGES, Text
from luotsi.domain.catalogue.definitions import tray_kinds
from luotsi.domain.catalogue.rules.entries import TEXTS, Content
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.team.fields import LANGUAGES as OWN_NAMES
from luotsi.rooms.team.fields import DayField, OwnWords, phone_field
from luotsi.rooms.team.forms import KeyedForm
from luotsi.ui.forms import Choices, LongText, ManyChoices, ShortText, UrlInput

_LONGEST = {"name": 100, "summary": 150, "description": 2500, "coming": 1000, "cost": 300}
_TOO_LONG = _("The text is too long: it has %(show_value)d characters, at most %(limit_value)d fit. Shorten it.")
_PLAIN = ("phone", "url", "street", "postcode", "post_office")
LABELS = {
    "name": pgettext_lazy("service", "Name"),
    "summary": _("In one sentence"),
    "description": _("What it is and for whom"),
    "coming": _("How and when one comes"),
    "cost": _("What it costs"),
}
HINTS = {
    "name": _("As people would call it."),
    "summary": _("It stands under the name where people search."),
    "description": _("Write to the reader: what happens there, whom it suits, who leads it."),
    "coming": _("Days, times, whether one signs up and where. Say if one can come with a wheelchair or a child."),
    "cost": _("Write also that it costs nothing."),
}


class EntryForm(KeyedForm):
    """Finnish is needed before it is checked; Swedish and English make it found and understood by more."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("service", "What it is about"), widget=Choices(),
        error_messages={"required": _("Choose what it is about."), "invalid_choice": _("Choose what it is about.")},
    )  # fmt: skip
    municipalities = forms.MultipleChoiceField(
        label=_("For the people of"), required=False, widget=ManyChoices(),
        help_text=_("None chosen: for the whole county."),
        error_messages={"invalid_choice": _("Choose a municipality from the list.")},
    )  # fmt: skip
    phone = phone_field()
    url = forms.URLField(
        label=_("Web address"), required=False, max_length=300, widget=UrlInput(), assume_scheme="https",
        error_messages={"invalid": _("Write a web address, for example https://example.org.")},
    )  # fmt: skip
    street = forms.CharField(label=_("Street address"), required=False, max_length=100, widget=ShortText())
    postcode = forms.CharField(
        label=_("Postcode"), required=False, widget=ShortText({"inputmode": "numeric"}),
        validators=[RegexValidator(r"^\d{5}\Z", _("A postcode has five digits, for example 87100."))],
    )  # fmt: skip
    post_office = forms.CharField(label=_("Post office"), required=False, max_length=60, widget=ShortText())
    municipality = forms.ChoiceField(label=_("Municipality of the address"), required=False)
    review_on = DayField(
        label=_("Look at it again on"), required=False,
        help_text=_("You are reminded on your list on that day. At most a year ahead is wise."),
    )  # fmt: skip
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "fi"
        towns = [(code, name.in_language(language)) for code, name in organisation.municipality_names().items()]
        self.fields["kind"].choices = [(key, one.name.in_language(language)) for key, one in tray_kinds().items()]
        self.fields["municipalities"].choices = towns
        self.fields["municipality"].choices = [("", "–"), *towns]
        for name in TEXTS:
            for code, own in OWN_NAMES:
                self.fields[f"{name}_{code}"] = _text(name, code, own)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if told.get("street") and not (told.get("postcode") and told.get("municipality")):
            self.add_error("postcode", _("Write the postcode and choose the municipality of the address."))
        return told

    @property
    def texts(self) -> Iterator[dict[str, Any]]:
        """Each text with its three fields, for the page."""
        for name in TEXTS:
            fields = [self[f"{name}_{code}"] for code in LANGUAGES]
            yield {"label": LABELS[name], "hint": HINTS[name], "fields": fields}

    @property
    def rest(self) -> list[Any]:
        return [self[name] for name in ("municipalities", *_PLAIN, "municipality", "review_on")]

    @property
    def content(self) -> Content:
        told = self.cleaned_data
        texts = {name: Text(**{code: told[f"{name}_{code}"].strip() for code in LANGUAGES}) for name in TEXTS}
        plain = {name: told[name] for name in (*_PLAIN, "kind", "municipality")}
        return Content(**plain, **texts, municipalities=tuple(told["municipalities"]))

    @classmethod
    def initial_of(cls, content: Content) -> dict[str, Any]:
        texts = {f"{name}_{code}": getattr(getattr(content, name), code) for name in TEXTS for code in LANGUAGES}
        plain = {name: getattr(content, name) for name in (*_PLAIN, "kind", "municipality")}
        return texts | plain | {"municipalities": list(content.municipalities)}


class RemarkForm(forms.Form):
    """What the writer has to mend."""

    remark = OwnWords(label=_("What to mend"), required_message=_("Write what to mend, so that it can be mended."))


def _text(name: str, language: str, own: str) -> forms.CharField:
    is_name = (name, language) == ("name", "fi")
    field = forms.CharField(
        label=own, required=is_name, max_length=_LONGEST[name],
        widget=ShortText({"lang": language}) if name == "name" else LongText({"lang": language}, rows=_rows(name)),
        error_messages={"required": _("Write the name of the service in Finnish.")},
    )  # fmt: skip
    field.validators[0].message = _TOO_LONG
    return field


def _rows(name: str) -> int:
    return {"description": 6, "coming": 4}.get(name, 2)
