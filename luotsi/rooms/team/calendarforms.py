"""A plan, its end, and what closes or opens a calendar."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.base.dates import holiday_name
from luotsi.base.now import today
from luotsi.domain.bookings.definitions import Offering
from luotsi.domain.bookings.queries.calendar import PlanView
from luotsi.domain.bookings.queries.things import Thing
from luotsi.domain.bookings.rules.plans import LONGEST_DAYS, Draft, PlanRefused, Why
from luotsi.domain.organisation.queries import Member
from luotsi.rooms.team.fields import DayField
from luotsi.ui.forms import NumberInput, TimeInput
from luotsi.ui.words import day as day_words

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
_SIMPLE = {"visit", "phone", "remote", "consultation"}


class PlanForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    staff = forms.ChoiceField(label=_("Whose times"), error_messages={"required": _("Choose whose times."), **_CHOOSE})
    offering = forms.ChoiceField(label=_("For what"), required=False, error_messages=_CHOOSE)
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day."), "invalid_choice": _("Choose from the list.")},
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
    things = forms.MultipleChoiceField(
        label=_("Rooms and things that go with every time"), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages=_CHOOSE,
    )  # fmt: skip
    valid_from = DayField(label=_("First day"), error_messages={"required": _("Write the first day.")})
    valid_to = DayField(label=_("Last day"), error_messages={"required": _("Write the last day.")})

    def __init__(
        self,
        members: Iterable[Member],
        offerings: Iterable[Offering],
        things: Iterable[Thing],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        first = today() + timedelta(days=1)
        usual = {"key": uuid4(), "begins": time(8), "ends": time(16), "slot_minutes": 30, "valid_from": first}
        kwargs.setdefault("initial", usual)
        super().__init__(*args, **kwargs)
        language, known = get_language(), [(str(one.id), one.name) for one in things]
        people = [("", _("Choose")), *((str(one.id), one.name) for one in members)]
        self.fields["staff"].choices = [*people, *known]
        named = [(one.key, one.name.in_language(language)) for one in offerings]
        self.fields["offering"].choices = [("", _("Anything that the profession gives")), *named]
        self.fields["things"].choices = known
        if not known:
            del self.fields["things"]

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
        self.add_error(field if field in self.fields else None, words)


class NewPlanForm(PlanForm):
    """A new plan, for one worker or thing, or the same for several workers at once."""

    others = forms.MultipleChoiceField(
        label=_("The same times also for"), required=False, widget=forms.CheckboxSelectMultiple, error_messages=_CHOOSE
    )
    field_order = ("key", "staff", "others", "offering")

    def __init__(self, members: Iterable[Member], *args: Any, **kwargs: Any) -> None:
        known = list(members)
        super().__init__(known, *args, **kwargs)
        self.names = {str(one.id): one.name for one in known}
        self.fields["others"].choices = list(self.names.items())
        if len(known) < 2:
            del self.fields["others"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("others") and told.get("staff") not in {None, *self.names}:
            self.add_error("others", _("A room or a thing is planned by itself."))
        return told

    @property
    def workers(self) -> list[str]:
        """Whose plan it is, each once, the first one chosen first."""
        told = self.cleaned_data
        return list(dict.fromkeys([told["staff"], *told.get("others", ())]))

    def refuse(self, refusal: PlanRefused) -> None:
        name = self.names.get(str(refusal.staff))
        if name:
            self.add_error("others", _("Nothing was planned: for %(name)s this does not fit.") % {"name": name})
        super().refuse(refusal)


class PlanChangeForm(PlanForm):
    """The same plan otherwise from some day on; whose it is does not change."""

    def __init__(self, plan: PlanView, *args: Any, **kwargs: Any) -> None:
        first = max(plan.valid_from, today() + timedelta(days=1))
        kwargs["initial"] = {
            "key": uuid4(), "offering": plan.offerings[0] if len(plan.offerings) == 1 else "",
            "weekdays": weekdays_of(plan.recurrence), "every": "2" if "INTERVAL=2" in plan.recurrence else "1",
            "begins": plan.begins, "ends": plan.ends, "slot_minutes": plan.slot_minutes,
            "buffer_minutes": plan.buffer_minutes, "things": [str(one) for one in plan.resources], "valid_from": first,
            "valid_to": plan.valid_to,
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        del self.fields["staff"]
        self.fields["valid_from"].label = _("From which day on it is so")

    def refuse(self, refusal: PlanRefused) -> None:
        if refusal.why == "past":
            self.add_error("valid_from", _("This day has passed. Choose today or a later day."))
        else:
            super().refuse(refusal)


class PlanEndForm(forms.Form):
    last = DayField(label=_("Last day of the plan"), error_messages={"required": _("Write the last day.")})


class ClosingForm(forms.Form):
    staff = forms.ChoiceField(label=_("Whose calendar"), required=False, error_messages=_CHOOSE)
    first = DayField(label=_("First day closed"), error_messages={"required": _("Write the first day.")})
    last = DayField(label=_("Last day closed"), error_messages={"required": _("Write the last day.")})
    begins = forms.TimeField(
        label=_("From what time on (only of a part of a day)"), widget=TimeInput(), input_formats=_TIMES,
        error_messages=_TIME, required=False,
    )  # fmt: skip
    ends = forms.TimeField(
        label=_("Until what time (only of a part of a day)"), widget=TimeInput(), input_formats=_TIMES,
        error_messages=_TIME, required=False,
    )  # fmt: skip
    reason = forms.ChoiceField(label=pgettext_lazy("closing", "Why"), choices=REASONS)

    def __init__(self, members: Iterable[Member], things: Iterable[Thing], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [(str(one.id), one.name) for one in [*members, *things]]
        self.fields["staff"].choices = [("", _("The whole unit")), *every]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        first, last = told.get("first"), told.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first one."))
        elif last and last < today():
            self.add_error("last", _("These days have passed."))
        elif first and last and (last - first).days > LONGEST_DAYS:
            self.add_error("last", _("A calendar is closed for about a year at most."))
        self._check_part(told, first, last)
        return told

    def _check_part(self, told: dict[str, Any], first: date | None, last: date | None) -> None:
        """A part of a day is of one day, and ends after it begins."""
        begins, ends = told.get("begins"), told.get("ends")
        if not (begins or ends) or "begins" in self.errors or "ends" in self.errors:
            return
        if begins is None or ends is None:
            self.add_error("ends" if begins else "begins", _("Write both times, or neither."))
        elif ends <= begins:
            self.add_error("ends", _("The end is before the beginning. Check the times."))
        elif first != last:
            self.add_error("last", _("A part of a day is closed one day at a time."))


class OpeningForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    day = forms.ChoiceField(label=_("Public holiday"), error_messages={"required": _("Choose the day."), **_CHOOSE})
    who = forms.ChoiceField(label=_("Who works"), required=False, error_messages=_CHOOSE)

    def __init__(self, members: Iterable[Member], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4()})
        super().__init__(*args, auto_id="opening_%s", **kwargs)
        self.fields["who"].choices = [("", _("The whole unit")), *((str(one.id), one.name) for one in members)]
        self.fields["day"].choices = [("", _("Choose")), *holidays_ahead()]


def refusal_words(refusal: PlanRefused) -> str:
    """Why a plan cannot be, with the day on which it fails first."""
    words = str(_REFUSALS[refusal.why][1]) if refusal.why in _REFUSALS else str(_("There can be no such plan."))
    return f"{words} ({day_words(refusal.day)})" if refusal.day else words


def holidays_ahead() -> list[tuple[str, str]]:
    """The public holidays of the year to come, as choices."""
    found, language = [], get_language()
    for step in range(366):
        day = today() + timedelta(days=step)
        if name := holiday_name(day):
            found.append((day.isoformat(), f"{day_words(day)}, {name.in_language(language)}"))
    return found


def weekdays_of(recurrence: str) -> list[str]:
    """Which days of the week a weekly rule names."""
    parts = dict(part.split("=", 1) for part in recurrence.split(";") if "=" in part)
    return parts.get("BYDAY", "").split(",")


def is_simple(plan: PlanView) -> bool:
    """Whether the form can say this plan: weekly, by days of the week, for one thing, not of a vehicle or of beds."""
    if plan.mode not in _SIMPLE or len(plan.offerings) > 1:
        return False
    recurrence = plan.recurrence
    parts = dict(part.split("=", 1) for part in recurrence.split(";") if "=" in part)
    known = {code for code, _name in WEEKDAYS}
    is_known = set(parts) <= {"FREQ", "INTERVAL", "BYDAY"} and parts.get("INTERVAL", "1") in {"1", "2"}
    return is_known and parts.get("FREQ") == "WEEKLY" and set(weekdays_of(recurrence)) <= known


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
    "over": ("valid_from", _("The plan has ended by then. Make a new one.")),
}
