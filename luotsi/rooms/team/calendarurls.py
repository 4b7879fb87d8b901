"""The addresses of calendars."""

from django.urls import path

from luotsi.rooms.team.pages import calendars

urlpatterns = [
    path("calendar/", calendars.week, name="calendar"),
    path("calendar/plans/", calendars.plans, name="calendar-plans"),
    path("calendar/closing/", calendars.closing, name="calendar-closing"),
]
