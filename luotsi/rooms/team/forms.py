"""What a worker writes: a judgement, a chosen time, a visit, a reason. `key` makes a repeated sending count once."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from luotsi.domain.cases.definitions import CloseReason
from luotsi.rooms.team.choices import LONGEST_WORDS
from luotsi.ui.forms import Choices, LongText, ShortText

LONGEST_NOTE = 5_000
_TOO_LONG = _("The text is too long: it has %(show_value)d characters, at most %(limit_value)d fit. Shorten it.")
_BROKEN = _("The form was not whole. Check it and send it again.")


class KeyedForm(forms.Form):
    """A form whose repeated sending counts once."""

    key = forms.UUIDField(widget=forms.HiddenInput, error_messages={"required": _BROKEN, "invalid": _BROKEN})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("key", uuid4())
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """A broken key is said once and replaced, so that the form can be sent again as it is shown."""
        if "key" in self.errors:
            self.data = self.data.copy()
            self.data[self.add_prefix("key")] = str(uuid4())
        return super().clean() or {}

    @property
    def typed(self) -> str:
        """What the worker wrote in their own words, to give back when it could not be saved."""
        return self.data.get(self.add_prefix("note"), "") if self.is_bound and "note" in self.fields else ""


def note_field(label: Any, hint: Any, *, rows: int = 5) -> forms.CharField:
    field = forms.CharField(
        label=label, help_text=hint, required=False, max_length=LONGEST_NOTE, widget=LongText(rows=rows)
    )
    field.validators[0].message = _TOO_LONG
    return field


class OfferForm(KeyedForm):
    slot = forms.UUIDField(
        label=_("Time"),
        error_messages={"required": _("Choose a time."), "invalid": _("Choose one of the times below.")},
    )


class VisitForm(KeyedForm):
    booking = forms.UUIDField(required=False, widget=forms.HiddenInput, error_messages={"invalid": _BROKEN})
    note = note_field(_("What was done"), "")


class ClosureForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("Reason"),
        widget=Choices(),
        error_messages={
            "required": _("Choose why the matter is closed."),
            "invalid_choice": _("Choose one of the reasons below."),
        },
    )

    def __init__(self, reasons: Iterable[CloseReason], language: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(one.key, one.name.in_language(language)) for one in reasons]


class Search(ShortText):
    """Words to look for. The browser does not remember them: they are a person's name."""

    input_type = "search"

    def __init__(self) -> None:
        super().__init__({"autocomplete": "off"})


class NarrowingForm(forms.Form):
    """Which of the list to show. One's only unit is not asked."""

    words = forms.CharField(label=_("Search by name"), required=False, max_length=LONGEST_WORDS, widget=Search())
    unit = forms.ChoiceField(required=False, widget=forms.Select({"aria-label": _("Unit")}))

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("All my units")), *units.items()]
        if len(units) < 2:
            del self.fields["unit"]
