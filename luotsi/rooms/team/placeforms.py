"""Forms of places: how many are open, what a decision grants, and the family's wish when it is told by phone."""

from collections.abc import Iterable
from datetime import time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from luotsi.base.now import today
from luotsi.domain.bookings.actions.places import MOST_PLACES
from luotsi.domain.bookings.actions.sharing import Period
from luotsi.domain.bookings.definitions import Offering, offerings
from luotsi.domain.bookings.definitions.days import granted_days
from luotsi.domain.bookings.queries.days import GrantView
from luotsi.domain.bookings.queries.places import House
from luotsi.domain.bookings.rules.days import MOST_DAYS, DaysRefused
from luotsi.domain.bookings.rules.days import Why as DaysWhy
from luotsi.domain.bookings.rules.plans import PlanRefused
from luotsi.domain.bookings.rules.plans import Why as PlanWhy
from luotsi.rooms.team.calendarforms import WEEKDAYS
from luotsi.rooms.team.fields import DayField
from luotsi.ui.forms import NumberInput, ShortText, TimeInput

_CHOOSE = {"invalid_choice": _("Choose from the list.")}
_TIME = {"required": _("Write the time so: 8.00."), "invalid": _("Write the time so: 8.00.")}
_TIMES = ("%H:%M", "%H.%M", "%H")
JOURNEYS = [
    ("", pgettext_lazy("journey", "None")), ("both", _("Both ways")), ("there", _("Only there")),
    ("back", _("Only back home")),
]  # fmt: skip


def number_field(label: Any, *, most: int) -> forms.IntegerField:
    words = _("Write a whole number from 1 to %(most)d.") % {"most": most}
    return forms.IntegerField(
        label=label, min_value=1, max_value=most, widget=NumberInput(),
        error_messages={"required": words, "invalid": words, "min_value": words, "max_value": words},
    )  # fmt: skip


class PeriodForm(forms.Form):
    """Of which kind and between which days wishes are looked at."""

    unit = forms.CharField(widget=forms.HiddenInput)
    offering = forms.ChoiceField(label=_("For what"))
    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))

    def __init__(self, period: Period, known: Iterable[Offering]) -> None:
        told = {"unit": period.unit, "offering": period.offering, "first": period.first, "last": period.last}
        super().__init__(initial=told)
        self.fields["offering"].choices = [(one.key, one.name.in_language(get_language())) for one in known]


class OpeningForm(forms.Form):
    """How many places a house has, on which weekdays of a season."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    offering = forms.ChoiceField(label=_("For what"), error_messages={"required": _("Choose one."), **_CHOOSE})
    name = forms.CharField(
        label=_("Name of the house or group"), max_length=80, widget=ShortText(),
        error_messages={"required": _("Write the name.")},
    )  # fmt: skip
    weekdays = forms.MultipleChoiceField(
        label=_("On which days"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )  # fmt: skip
    begins = forms.TimeField(label=_("Begins at"), widget=TimeInput(), input_formats=_TIMES, error_messages=_TIME)
    ends = forms.TimeField(label=_("Ends at"), widget=TimeInput(), input_formats=_TIMES, error_messages=_TIME)
    first = DayField(label=_("First day"), error_messages={"required": _("Write the first day.")})
    last = DayField(label=_("Last day"), error_messages={"required": _("Write the last day.")})

    def __init__(self, known: Iterable[Offering], *args: Any, **kwargs: Any) -> None:
        usual = {
            "key": uuid4(), "weekdays": [code for code, _name in WEEKDAYS], "begins": time(6), "ends": time(22),
            "first": today() + timedelta(days=1),
        }  # fmt: skip
        kwargs.setdefault("initial", usual)
        super().__init__(*args, **kwargs)
        named = [(one.key, one.name.in_language(get_language())) for one in known]
        self.fields["offering"].choices = [("", _("Choose")), *named]
        self.fields["places"] = number_field(_("Places on each day"), most=MOST_PLACES)

    def told(self) -> dict[str, Any]:
        """As the action takes it."""
        said = {
            name: self.cleaned_data[name] for name in ("key", "offering", "name", "begins", "ends", "first", "last")
        }
        recurrence = f"FREQ=WEEKLY;BYDAY={','.join(self.cleaned_data['weekdays'])}"
        return {**said, "places": self.cleaned_data["places"], "recurrence": recurrence}

    def refuse(self, refusal: PlanRefused) -> None:
        """Say what is wrong where it can be mended."""
        field, words = _PLAN.get(refusal.why, ("weekdays", _("There can be no such plan. Check the days and times.")))
        self.add_error(field, words)


class GrantForm(forms.Form):
    """The days that the decision of a matter grants."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Which days"), error_messages={"required": _("Choose one."), **_CHOOSE})
    first = DayField(label=_("The decision holds from"), error_messages={"required": _("Write the first day.")})
    last = DayField(label=_("The decision holds until"), error_messages={"required": _("Write the last day.")})
    has_transport = forms.BooleanField(label=_("The decision holds the journeys, too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4(), "first": today()})
        super().__init__(*args, **kwargs)
        language = get_language()
        kinds = [
            (one.key, f"{one.name.in_language(language)} ({per_words(one.per)})") for one in granted_days().values()
        ]
        self.fields["kind"].choices = [("", _("Choose")), *kinds]
        self.fields["days"] = number_field(_("Number of days"), most=MOST_DAYS)
        self.order_fields(["key", "kind", "days", "first", "last", "has_transport"])

    def refuse(self, refusal: DaysRefused) -> None:
        self.add_error(_DAYS.get(refusal.why, "days"), days_words(refusal.why))


class WishForm(forms.Form):
    """What the family wishes for, as it tells a worker."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    offering = forms.ChoiceField(label=_("For what"), error_messages={"required": _("Choose one."), **_CHOOSE})
    first = DayField(label=_("First day"), error_messages={"required": _("Write the first day.")})
    last = DayField(label=_("Last day"), error_messages={"required": _("Write the last day.")})
    weekdays = forms.MultipleChoiceField(
        label=_("Only on these weekdays"), required=False, widget=forms.CheckboxSelectMultiple
    )
    place = forms.ChoiceField(label=_("House"), required=False, error_messages=_CHOOSE)
    transport = forms.ChoiceField(label=_("Journeys"), required=False, choices=JOURNEYS)

    def __init__(self, grant: GrantView, houses: Iterable[House], *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4()})
        super().__init__(*args, **kwargs)
        language = get_language()
        self.fields["offering"].choices = [
            (key, offerings()[key].name.in_language(language)) for key in grant.kind.offerings
        ]
        self.fields["weekdays"].choices = [(str(number), name) for number, (_code, name) in enumerate(WEEKDAYS)]
        found = {str(house.id): house.name for house in houses}
        self.fields["place"].choices = [("", pgettext_lazy("care", "Anywhere")), *found.items()]
        if not grant.has_transport:
            del self.fields["transport"]

    def told(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "key": said["key"], "offering": said["offering"], "first": said["first"], "last": said["last"],
            "weekdays": tuple(int(day) for day in said["weekdays"]), "transport": said.get("transport", ""),
            "place": UUID(said["place"]) if said.get("place") else None,
        }  # fmt: skip

    def refuse(self, refusal: DaysRefused) -> None:
        field = _DAYS.get(refusal.why, "first")
        self.add_error(field if field in self.fields else "first", days_words(refusal.why))


def per_words(per: str) -> Any:
    return {"whole": _("in all"), "week": _("for each week"), "month": _("for each calendar month")}[per]


def days_words(why: DaysWhy) -> Any:
    """Why it cannot be, to a worker."""
    return {
        "backwards": _("The last day is before the first one."),
        "past": _("These days have passed."),
        "too_far": _("Days are wished for about a year ahead at most."),
        "outside": _("The decision does not hold on all of these days."),
        "no_day": _("None of the chosen weekdays is between these days."),
        "no_days_left": _("There are not so many granted days left."),
        "same_days": _("Some of these days are given already."),
        "ended": _("The decision has ended."),
        "other_offering": _("The decision does not grant this, or the house does not give it."),
        "too_late": _("The days have begun."),
        "least": _("The law grants more days than this, or the number is too large."),
        "too_long": _("A decision holds for about three years at most."),
    }[why]


_DAYS: dict[str, str] = {
    "backwards": "last",
    "past": "last",
    "too_long": "last",
    "other_offering": "offering",
    "no_day": "weekdays",
}
_PLAN: dict[PlanWhy, tuple[str, Any]] = {
    "backwards": ("last", _("The last day is before the first one.")),
    "past": ("last", _("These days have passed.")),
    "too_long": ("last", _("A plan lasts about a year at most. Make another one after it.")),
    "too_many": ("last", _("The plan has too many days. Make it shorter.")),
    "zero": ("ends", _("The plan ends before it begins. Check the times.")),
    "never": ("weekdays", _("There is no such day between the first and the last day.")),
    "overlaps": ("first", _("The house has places on some of these days already. Choose other days.")),
    "offering": ("offering", _("This unit does not give it. Choose something else.")),
}  # fmt: skip
