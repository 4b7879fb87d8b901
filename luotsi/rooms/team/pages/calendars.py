"""The week of a unit or of one worker."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luotsi.base.dates import start_of
from luotsi.base.now import now
from luotsi.domain.bookings.queries import calendar, day
from luotsi.rooms.page import page
from luotsi.rooms.team import calendarpage, dayboard


@page("calendar.read")
def week(request: HttpRequest) -> HttpResponse:
    """A week of the unit, or of one worker."""
    asked = calendarpage.asked(request)
    span = {"after": start_of(asked.monday), "before": start_of(asked.monday + calendarpage.WEEK)}
    context = {
        **calendarpage.around(request, asked, "calendar"),
        "members": calendarpage.members(asked.unit),
        "before_url": asked.address(monday=asked.monday - calendarpage.WEEK),
        "after_url": asked.address(monday=asked.monday + calendarpage.WEEK),
        "now_url": calendarpage.today_address(asked, "calendar"),
        "sunday": asked.monday + calendarpage.WEEK * 6 / 7,
    }
    viewer = request.viewer
    if asked.staff:
        times = day.day(viewer=viewer, unit=asked.unit, staff=asked.staff, at=now(), **span)
        context["columns"] = dayboard.week_columns(times, asked, at=now())
    else:
        context["rows"] = dayboard.unit_rows(calendar.week(viewer=viewer, unit=asked.unit, **span), asked)
        context["days"] = [(one, calendarpage.holiday(one)) for one in dayboard.week_days(asked)]
    return render(request, "team/calendar.html", context)
