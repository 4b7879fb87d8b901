"""Where there is room in the calendars of a unit."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from luotsi.base.dates import start_of
from luotsi.base.now import local_day, now, today
from luotsi.domain.bookings.queries import gaps as rooms
from luotsi.domain.organisation import definitions as organisation
from luotsi.rooms.page import page
from luotsi.rooms.team import calendarpage
from luotsi.rooms.team.fields import DayField
from luotsi.rooms.team.words import mode_words, profession_words
from luotsi.ui.forms import NumberInput
from luotsi.ui.words import bare_time, day

AHEAD = timedelta(days=14)
_USUAL = {"minutes": 60}


class GapForm(forms.Form):
    unit = forms.CharField(widget=forms.HiddenInput, required=False)
    minutes = forms.IntegerField(
        label=_("How many minutes at least"), min_value=5, max_value=480, widget=NumberInput(),
        error_messages={"required": _("Write the minutes.")},
    )  # fmt: skip
    profession = forms.ChoiceField(label=_("Whose"), required=False)
    start = DayField(label=_("From which day on"), required=False)

    def __init__(self, professions: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profession"].choices = [("", _("Everybody's")), *professions]


@page("calendar.read")
def gaps(request: HttpRequest) -> HttpResponse:
    """The first stretches that are long enough, within two weeks."""
    asked = calendarpage.asked(request)
    is_sent = "minutes" in request.GET
    form = GapForm(_professions(asked), request.GET if is_sent else _USUAL | {"unit": asked.unit})
    context = {**calendarpage.around(request, asked, "calendar-gaps"), "form": form, "lines": []}
    if form.is_valid():
        context["lines"] = _lines(request, asked, form.cleaned_data)
    return render(request, "team/calendar_gaps.html", context, status=200 if form.is_valid() else 422)


def _lines(request: HttpRequest, asked: calendarpage.Asked, told: dict[str, Any]) -> list[dict[str, Any]]:
    first = max(told["start"] or today(), today())
    found = rooms.rooms(
        viewer=request.viewer,  # type: ignore[attr-defined]
        unit=asked.unit,
        after=start_of(first),
        before=start_of(first + AHEAD),
        minutes=told["minutes"],
        profession=told["profession"],
        at=now(),
    )
    return [_line(one, asked) for one in found]


def _line(one: rooms.Room, asked: calendarpage.Asked) -> dict[str, Any]:
    gap = one.gap
    return {
        "day": day(gap.starts_at),
        "time": f"{bare_time(gap.starts_at)}–{bare_time(gap.ends_at)}",
        "url": asked.address(of="calendar-day", monday=local_day(gap.starts_at), staff=one.staff),
        "who": f"{one.name}, {profession_words(one.profession)}",
        "minutes": gap.minutes,
        "is_planned": one.is_planned,
        "times": len(gap.times),
        "mode": mode_words(one.mode) if one.is_planned else "",
    }


def _professions(asked: calendarpage.Asked) -> list[tuple[str, str]]:
    roles = organisation.roles()
    known = {roles[one.role].profession for one in calendarpage.members(asked.unit)}
    return sorted(((key, profession_words(key)) for key in known), key=lambda one: one[1])
