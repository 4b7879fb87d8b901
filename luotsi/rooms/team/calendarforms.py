"""A new plan, and what closes a calendar."""

from collections.abc import Iterable
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import today
from luotsi.domain.bookings.definitions import Offering
from luotsi.domain.bookings.rules.plans import LONGEST_DAYS, Draft, PlanRefused, Why
from luotsi.domain.organisation.queries import Member
from luotsi.rooms.team.fields import DayField
from luotsi.ui.forms import NumberInput, TimeInput

WEEKDAYS = [
    ("MO", _("Monday")), ("TU", _("Tuesday")), ("WE", _("Wednesday")), ("TH", _("Thursday")), ("FR", _("Friday")),
    ("SA", _("Saturday")), ("SU", _("Sunday")),
]  # fmt: skip
REASONS = [
    ("away", pgettext_lazy("closing", "Away")), ("training", _("Training")), ("meeting", _("Meeting")),
    ("shut", _("The unit is shut")), ("other", _("Something else")),
]  # fmt: skip
_CHOOSE = {"invalid_choice": _("Choose from the list.")}
_TIME = {"required": _("Write the time so: 8.00."), "invalid": _("Write the time so: 8.00.")}
_TIMES = ("%H:%M", "%H.%M", "%H")


class PlanForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    staff = forms.ChoiceField(label=_("Whose times"), error_messages={"required": _("Choose whose times."), **_CHOOSE})
    offering = forms.ChoiceField(label=_("For what"), required=False, error_messages=_CHOOSE)
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )  # fmt: skip
    every = forms.ChoiceField(label=_("How often"), choices=[("1", _("Every week")), ("2", _("Every other week"))])
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput(), input_formats=_TIMES, error_messages=_TIME)
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput(), input_formats=_TIMES, error_messages=_TIME)
    slot_minutes = forms.IntegerField(
        label=_("Length of a time, minutes"), min_value=5, max_value=480, widget=NumberInput(),
        error_messages={"required": _("Write the minutes.")},
    )  # fmt: skip
    buffer_minutes = forms.IntegerField(
        label=_("Pause after each time, minutes"), min_value=0, max_value=60, required=False, widget=NumberInput()
    )
    valid_from = DayField(label=_("First day"), error_messages={"required": _("Write the first day.")})
    valid_to = DayField(label=_("Last day"), error_messages={"required": _("Write the last day.")})

    def __init__(self, members: Iterable[Member], offerings: Iterable[Offering], *args: Any, **kwargs: Any) -> None:
        first = today() + timedelta(days=1)
        usual = {"key": uuid4(), "begins": time(8), "ends": time(16), "slot_minutes": 30, "valid_from": first}
        kwargs.setdefault("initial", usual)
        super().__init__(*args, **kwargs)
        language = get_language()
        self.fields["staff"].choices = [("", _("Choose")), *((str(one.id), one.name) for one in members)]
        named = [(one.key, one.name.in_language(language)) for one in offerings]
        self.fields["offering"].choices = [("", _("Anything that the profession gives")), *named]

    def draft(self) -> Draft:
        told = self.cleaned_data
        return Draft(
            recurrence=f"FREQ=WEEKLY;INTERVAL={told['every']};BYDAY={','.join(told['weekdays'])}",
            begins=told["begins"],
            ends=told["ends"],
            valid_from=told["valid_from"],
            valid_to=told["valid_to"],
            slot_minutes=told["slot_minutes"],
            buffer_minutes=told["buffer_minutes"] or 0,
        )

    def refuse(self, refusal: PlanRefused) -> None:
        """Say what is wrong where it can be mended."""
        field, words = _REFUSALS.get(
            refusal.why, ("weekdays", _("There can be no such plan. Check the days and times."))
        )
        self.add_error(field, words)


class ClosingForm(forms.Form):
    staff = forms.ChoiceField(label=_("Whose calendar"), required=False, error_messages=_CHOOSE)
    first = DayField(label=_("First day closed"), error_messages={"required": _("Write the first day.")})
    last = DayField(label=_("Last day closed"), error_messages={"required": _("Write the last day.")})
    reason = forms.ChoiceField(label=pgettext_lazy("closing", "Why"), choices=REASONS)

    def __init__(self, members: Iterable[Member], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(one.id), one.name) for one in members]
        self.fields["staff"].choices = [("", _("The whole unit")), *people]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first one."))
        elif last and last < today():
            self.add_error("last", _("These days have passed."))
        elif first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("last", _("A calendar is closed for about a year at most."))
        return told


_REFUSALS: dict[Why, tuple[str, Any]] = {
    "backwards": ("valid_to", _("The last day is before the first one.")),
    "past": ("valid_to", _("These days have passed.")),
    "too_long": ("valid_to", _("A plan lasts about a year at most. Make another one after it.")),
    "too_many": ("valid_to", _("The plan has too many days. Make it shorter.")),
    "zero": ("ends", _("The plan ends before it begins. Check the times.")),
    "too_short": ("slot_minutes", _("Not even one time of this length fits. Make it shorter.")),
    "never": ("weekdays", _("There is no such day between the first and the last day.")),
    "overlaps": ("begins", _("They have another plan at the same time. Choose other times or days.")),
    "nobody": ("staff", _("They do not work in this unit.")),
    "offering": ("offering", _("This profession does not give it here. Choose something else.")),
    "qualification": ("staff", _("They are not recorded as qualified for this for the whole time.")),
    "resource_in_use": ("begins", _("The room is in use at that time.")),
}
