"""Which days the family wishes for."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.domain.bookings.definitions import offerings
from luotsi.domain.bookings.queries.days import GrantView
from luotsi.domain.bookings.queries.places import House
from luotsi.domain.bookings.rules.days import DaysRefused
from luotsi.rooms.resident.daywords import refusal_field, refusal_words
from luotsi.rooms.resident.timewords import weekday_choices
from luotsi.ui.forms import Choices, DayInput, ManyChoices

_DAYS = ("%Y-%m-%d", "%d.%m.%Y")
_CHOOSE = _("Choose from the list.")
TRANSPORT = [
    ("", pgettext_lazy("journey", "None")), ("both", _("Both ways")), ("there", _("Only there")),
    ("back", _("Only back home")),
]  # fmt: skip


def day_field(label: Any, missing: Any) -> forms.DateField:
    wrong = {"required": missing, "invalid": _("Write the day so: 31.3.2027.")}
    return forms.DateField(label=label, widget=DayInput(), input_formats=_DAYS, error_messages=wrong)


class WishForm(forms.Form):
    """A stay, or the weekdays of a season."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    offering = forms.ChoiceField(
        label=_("What kind of care"),
        widget=Choices(),
        error_messages={"required": _("Choose one."), "invalid_choice": _CHOOSE},
    )
    first = day_field(_("First day"), _("Write the first day."))
    last = day_field(_("Last day"), _("Write the last day."))
    weekdays = forms.MultipleChoiceField(
        label=_("Only on these weekdays"), required=False, widget=ManyChoices(),
        error_messages={"invalid_choice": _CHOOSE},
        help_text=_("Leave empty, if every day from the first to the last one is wished for."),
    )  # fmt: skip
    place = forms.ChoiceField(
        label=_("Where"), required=False, error_messages={"invalid_choice": _CHOOSE},
        help_text=_("The more places suit, the likelier there is room."),
    )  # fmt: skip
    transport = forms.ChoiceField(label=_("Journeys"), required=False, choices=TRANSPORT)

    def __init__(self, grant: GrantView, houses: Iterable[House], *args: Any, **kwargs: Any) -> None:
        kinds = [one for one in grant.kind.offerings if one in offerings()]
        kwargs.setdefault("initial", {"key": uuid4(), "offering": kinds[0]})
        super().__init__(*args, **kwargs)
        language = get_language() or "fi"
        self.fields["offering"].choices = [(one, offerings()[one].name.in_language(language)) for one in kinds]
        self.fields["weekdays"].choices = weekday_choices()
        found = {str(house.id): house.name for house in houses}
        self.fields["place"].choices = [("", pgettext_lazy("care", "Anywhere")), *found.items()]
        if len(found) < 2:
            del self.fields["place"]
        if not grant.has_transport:
            del self.fields["transport"]

    def told(self) -> dict[str, Any]:
        """As the action takes it."""
        said = self.cleaned_data
        return {
            "key": said["key"], "offering": said["offering"], "first": said["first"], "last": said["last"],
            "weekdays": tuple(int(day) for day in said["weekdays"]), "transport": said.get("transport", ""),
            "place": UUID(said["place"]) if said.get("place") else None,
        }  # fmt: skip

    def refuse(self, refusal: DaysRefused) -> None:
        """Say what is wrong where it can be mended."""
        self.add_error(refusal_field(refusal.why), refusal_words(refusal.why))
