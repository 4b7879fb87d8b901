"""The addresses of calendars."""

from django.urls import path

from luotsi.rooms.team.pages import calendarday, calendargaps, calendars, calendartimes

_times = [
    path("calendar/times/<uuid:booking_id>/", calendartimes.time, name="calendar-time"),
    path("calendar/times/<uuid:booking_id>/marks/", calendartimes.marks, name="calendar-marks"),
    path("calendar/times/<uuid:booking_id>/moving/", calendartimes.moving, name="calendar-moving"),
    path("calendar/times/<uuid:booking_id>/cancellation/", calendartimes.cancellation, name="calendar-cancellation"),
]
urlpatterns = [
    path("calendar/", calendars.week, name="calendar"),
    path("calendar/day/", calendarday.day, name="calendar-day"),
    path("calendar/sheet/", calendarday.day_list, name="calendar-list"),
    path("calendar/gaps/", calendargaps.gaps, name="calendar-gaps"),
    path("calendar/plans/", calendars.plans, name="calendar-plans"),
    path("calendar/closing/", calendars.closing, name="calendar-closing"),
    *_times,
]
