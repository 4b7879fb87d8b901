"""What a worker asks for when booking for a resident: which times, how many, how often, from which day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from luotsi.base.now import today
from luotsi.domain.bookings.rules.series import MOST
from luotsi.rooms.team.fields import DayField

_CHOOSE = {"invalid_choice": _("Choose from the list.")}
_NUMBER = _("Write how many times: 1–%(limit_value)d.")
EVERY = [
    ("7", _("Every week")), ("14", _("Every other week")), ("21", _("Every third week")),
    ("28", _("Every fourth week")), ("1", _("Every day")),
]  # fmt: skip
PARTS = [
    ("", pgettext_lazy("part of the day", "Any time")), ("morning", _("Morning")), ("afternoon", _("Afternoon")),
    ("evening", _("After four")),
]  # fmt: skip


class SeriesForm(forms.Form):
    """One time is a series of one."""

    what = forms.ChoiceField(label=_("For what"), error_messages=_CHOOSE)
    also = forms.ChoiceField(label=_("Also at the same visit"), required=False, error_messages=_CHOOSE)
    unit = forms.ChoiceField(label=_("Unit"), error_messages=_CHOOSE)
    staff = forms.ChoiceField(label=pgettext_lazy("a time", "With whom"), required=False, error_messages=_CHOOSE)
    number = forms.IntegerField(
        label=_("Number of times"), min_value=1, max_value=MOST,
        error_messages={"min_value": _NUMBER, "max_value": _NUMBER, "invalid": _("Write a number.")},
    )  # fmt: skip
    every = forms.ChoiceField(label=_("How often"), choices=EVERY, error_messages=_CHOOSE)
    start = DayField(label=_("From which day"))
    part = forms.ChoiceField(label=_("Part of the day"), choices=PARTS, required=False, error_messages=_CHOOSE)
    over = forms.BooleanField(label=_("Also full times that may be overbooked"), required=False)

    def __init__(
        self, *args: Any, what: Iterable[tuple[str, str]], units: Iterable[tuple[str, str]],
        staff: Iterable[tuple[str, str]], can_overbook: bool, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        what = list(what)
        for name, choices in (
            ("what", what),
            ("also", [("", _("Nothing else")), *what]),
            ("unit", units),
            ("staff", [("", _("Anybody")), *staff]),
        ):
            self.fields[name].choices = list(choices)
        if not can_overbook:
            del self.fields["over"]

    def clean_start(self) -> date:
        day: date = self.cleaned_data["start"]
        if day < today():
            raise forms.ValidationError(_("That day has passed. Choose today or a later day."))
        return day
