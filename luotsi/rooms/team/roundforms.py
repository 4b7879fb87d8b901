"""A home visit that is asked for, and one that is moved."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from luotsi.base.dates import is_working_day
from luotsi.base.now import today
from luotsi.domain.bookings.actions.homevisits import MOST_AT_ONCE, VisitRefused, Wanted
from luotsi.domain.bookings.definitions.homerounds import HomeRounds
from luotsi.domain.organisation.queries import Member
from luotsi.rooms.team.fields import DayField
from luotsi.rooms.team.roundwords import REFUSED
from luotsi.ui.forms import NumberInput, TimeInput

_CHOOSE = {"invalid_choice": _("Choose from the list."), "required": _("Choose from the list.")}
_TIME = {"required": _("Write the time so: 8.00."), "invalid": _("Write the time so: 8.00.")}
_TIMES = ("%H:%M", "%H.%M", "%H")
_REPEATS = [
    ("", _("Only once")), ("daily", _("Every day")), ("weekdays", _("Every working day")), ("weekly", _("Every week")),
]  # fmt: skip
_NUMBER = {"invalid": _("Write the whole metres.")}


class VisitForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    what = forms.ChoiceField(label=_("What for"), error_messages=_CHOOSE)
    day = DayField(label=_("On which day"), error_messages={"required": _("Write the day.")})
    earliest = forms.TimeField(
        label=_("Begins at the earliest"), widget=TimeInput(), input_formats=_TIMES, error_messages=_TIME
    )
    latest = forms.TimeField(
        label=_("Begins at the latest"), widget=TimeInput(), input_formats=_TIMES, error_messages=_TIME
    )
    repeats = forms.ChoiceField(label=_("Repeats"), choices=_REPEATS, required=False, error_messages=_CHOOSE)
    until = DayField(label=_("The last day, if it repeats"), required=False)
    own_worker = forms.ChoiceField(
        label=_("Own worker"), required=False, error_messages=_CHOOSE,
        help_text=_("Comes when it can be arranged."),
    )  # fmt: skip
    is_urgent = forms.BooleanField(label=_("Goes before others if the day is full"), required=False)
    northing = forms.IntegerField(
        label=_("Where the home is: northing, metres"), required=False, min_value=6_600_000, max_value=7_800_000,
        widget=NumberInput(), error_messages=_NUMBER,
        help_text=_("By the national grid (ETRS-TM35FIN), if you know it. Otherwise the postal area is used."),
    )  # fmt: skip
    easting = forms.IntegerField(
        label=_("Easting, metres"), required=False, min_value=50_000, max_value=740_000, widget=NumberInput(),
        error_messages=_NUMBER,
    )  # fmt: skip

    def __init__(self, rounds: HomeRounds, members: Iterable[Member], *args: Any, **kwargs: Any) -> None:
        usual = {"key": uuid4(), "day": today() + timedelta(days=1), "earliest": time(8), "latest": time(10)}
        kwargs.setdefault("initial", usual)
        super().__init__(*args, **kwargs)
        language = get_language()
        self.fields["what"].choices = [
            (one.name.in_language(language), [
                (f"{key}/{length.reason}", f"{length.name.in_language(language)}, {length.minutes} min")
                for length in one.durations
            ])
            for key, one in rounds.given.items()
        ]  # fmt: skip
        people = [(str(one.id), one.name) for one in members]
        self.fields["own_worker"].choices = [("", _("Nobody in particular")), *people]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        day, until = told.get("day"), told.get("until")
        if told.get("repeats") and not until and "until" not in self.errors:
            self.add_error("until", _("Write the last day."))
        elif told.get("repeats") and day and until and until < day:
            self.add_error("until", _("The last day is before the first one."))
        elif told.get("repeats") and day and until and (until - day).days > 7 * MOST_AT_ONCE:
            self.refuse(VisitRefused("too_many"))
        if (told.get("northing") is None) != (told.get("easting") is None) and not self.errors:
            self.add_error("easting", _("Write both numbers of the place, or neither."))
        return told

    def wanted(self) -> Wanted:
        told = self.cleaned_data
        offering, reason = told["what"].split("/", 1)
        return Wanted(
            offering=offering, reason=reason, days=list(self._days()), earliest=told["earliest"],
            latest=told["latest"], own_worker=UUID(told["own_worker"]) if told["own_worker"] else None,
            is_urgent=told["is_urgent"],
            point=(told["northing"], told["easting"]) if told["northing"] is not None else None,
        )  # fmt: skip

    def refuse(self, refusal: VisitRefused) -> None:
        """Say what is wrong where it can be mended."""
        field, words = REFUSED[refusal.why]
        self.add_error(field or None, words)

    def _days(self) -> Iterable[date]:
        told = self.cleaned_data
        last = told["until"] if told["repeats"] else told["day"]
        step = timedelta(days=7 if told["repeats"] == "weekly" else 1)
        day = told["day"]
        while day <= last:
            if told["repeats"] != "weekdays" or is_working_day(day):
                yield day
            day += step


class MoveForm(forms.Form):
    staff = forms.ChoiceField(label=_("Who makes it"), error_messages=_CHOOSE)
    starts = forms.TimeField(label=_("Begins at"), widget=TimeInput(), input_formats=_TIMES, error_messages=_TIME)

    def __init__(self, workers: Iterable[tuple[UUID, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [(str(key), name) for key, name in workers]
