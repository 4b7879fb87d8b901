"""A day of a unit: side by side, and as a list on which one marks who has come and which is printed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luotsi.base.dates import start_of
from luotsi.base.now import now
from luotsi.domain.bookings.queries import day as days
from luotsi.domain.cases.queries.calendars import matters_of
from luotsi.rooms.page import page
from luotsi.rooms.team import calendarpage, dayboard
from luotsi.rooms.team.calendarpage import DAY, Asked


@page("calendar.read")
def day(request: HttpRequest) -> HttpResponse:
    """The day side by side. Times are moved by dragging, by keys or from their own page."""
    asked = calendarpage.asked(request)
    columns = dayboard.day_columns(_times(request, asked), asked, at=now())
    return render(request, "team/calendar_day.html", _around(request, asked, "calendar-day") | {"columns": columns})


@page("calendar.read")
def day_list(request: HttpRequest) -> HttpResponse:
    """The day line by line."""
    asked = calendarpage.asked(request)
    times = _times(request, asked)
    booked = [visit.id for one in times for visit in one.visits if visit.resident]
    lines = dayboard.lines(times, matters_of(booked, viewer=request.viewer))
    return render(request, "team/calendar_list.html", _around(request, asked, "calendar-list") | {"lines": lines})


def _times(request: HttpRequest, asked: Asked) -> list[days.DayTime]:
    after, before = start_of(asked.day), start_of(asked.day + DAY)
    return days.day(
        viewer=request.viewer,  # type: ignore[attr-defined]
        unit=asked.unit,
        after=after,
        before=before,
        staff=asked.staff,
        at=now(),
    )


def _around(request: HttpRequest, asked: Asked, current: str) -> dict[str, Any]:
    return {
        **calendarpage.around(request, asked, current),
        "members": calendarpage.members(asked.unit),
        "before_url": asked.address(monday=asked.day - DAY, of=current),
        "after_url": asked.address(monday=asked.day + DAY, of=current),
        "now_url": calendarpage.today_address(asked, current),
        "holiday": calendarpage.holiday(asked.day),
    }
