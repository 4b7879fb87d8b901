"""Planning a season: the plans of a unit go on as they are, between two other days."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luotsi.base.now import now, today
from luotsi.domain.bookings.actions.seasons import MOST, SeasonRefused, plan_season
from luotsi.domain.bookings.queries import calendar
from luotsi.rooms.page import page
from luotsi.rooms.team import calendarpage
from luotsi.rooms.team.calendarforms import refusal_words
from luotsi.rooms.team.fields import DayField
from luotsi.ui.words import day


class SeasonForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)
    plans = forms.MultipleChoiceField(
        label=gettext_lazy("Which plans go on"), widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one plan."),
            "invalid_choice": gettext_lazy("Choose from the list."),
        },
    )  # fmt: skip
    first = DayField(label=gettext_lazy("First day"), error_messages={"required": gettext_lazy("Write the first day.")})
    last = DayField(label=gettext_lazy("Last day"), error_messages={"required": gettext_lazy("Write the last day.")})

    def __init__(self, lines: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        every = [str(line["plan"].id) for line in lines]
        super().__init__(*args, initial={"key": uuid4(), "plans": every}, **kwargs)
        self.fields["plans"].choices = [(str(line["plan"].id), _words(line)) for line in lines]


@page("calendar.plan", methods=("GET", "HEAD", "POST"))
def season(request: HttpRequest) -> HttpResponse:
    """Choose which plans go on and until when; a POST makes them all, or says why each of some cannot be."""
    asked = calendarpage.asked(request)
    found = calendar.plans(viewer=request.viewer, unit=asked.unit, on=today())[:MOST]
    lines = [calendarpage.plan_line(one) for one in found]
    form = SeasonForm(lines, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {**calendarpage.around(request, asked), "form": form, "lines": lines}
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made, times = plan_season(
                key=told["key"], unit=asked.unit, plans=[UUID(one) for one in told["plans"]], first=told["first"],
                last=told["last"], by=request.viewer, at=now(),
            )  # fmt: skip
        except SeasonRefused as refused:
            by_id = {line["plan"].id: _words(line) for line in lines}
            context["refused"] = [(by_id[plan], refusal_words(why)) for plan, why in refused.refusals.items()]
        else:
            said = _("The season is planned: %(plans)d plans, %(times)d times.")
            messages.success(request, said % {"plans": made, "times": times})
            return redirect(asked.address(monday=told["first"]))
    status = 422 if form.errors or "refused" in context else 200
    return render(request, "team/calendar_season.html", context, status=status)


def _words(line: dict[str, Any]) -> str:
    plan = line["plan"]
    until = day(plan.valid_to)
    return f"{plan.name}: {line['what']}, {line['days']} {line['times']} (– {until})"
