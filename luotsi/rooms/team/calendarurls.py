"""The addresses of calendars."""

from django.urls import path

from luotsi.rooms.team.pages import (
    calendarchanges,
    calendarday,
    calendarfigures,
    calendargaps,
    calendarplans,
    calendars,
    calendarseasons,
    calendarthings,
    calendartimes,
)

_times = [
    path("calendar/times/<uuid:booking_id>/", calendartimes.time, name="calendar-time"),
    path("calendar/times/<uuid:booking_id>/marks/", calendartimes.marks, name="calendar-marks"),
    path("calendar/times/<uuid:booking_id>/correction/", calendartimes.correction, name="calendar-correction"),
    path("calendar/times/<uuid:booking_id>/moving/", calendartimes.moving, name="calendar-moving"),
    path("calendar/times/<uuid:booking_id>/cancellation/", calendartimes.cancellation, name="calendar-cancellation"),
]
_things = [
    path("calendar/rooms/", calendarthings.rooms, name="calendar-rooms"),
    path("calendar/rooms/<uuid:thing_id>/ending/", calendarthings.room_ending, name="calendar-room-ending"),
    path("calendar/qualifications/", calendarthings.qualifications, name="calendar-qualifications"),
    path(
        "calendar/qualifications/<uuid:qualification_id>/ending/",
        calendarthings.qualification_ending,
        name="calendar-qualification-ending",
    ),
]
urlpatterns = [
    path("calendar/", calendars.week, name="calendar"),
    path("calendar/day/", calendarday.day, name="calendar-day"),
    path("calendar/sheet/", calendarday.day_list, name="calendar-list"),
    path("calendar/gaps/", calendargaps.gaps, name="calendar-gaps"),
    path("calendar/figures/", calendarfigures.figures, name="calendar-figures"),
    path("calendar/plans/", calendarplans.plans, name="calendar-plans"),
    path("calendar/plans/<uuid:plan_id>/", calendarplans.plan, name="calendar-plan"),
    path("calendar/season/", calendarseasons.season, name="calendar-season"),
    path("calendar/closing/", calendarchanges.closing, name="calendar-closing"),
    path("calendar/openings/", calendarchanges.openings, name="calendar-openings"),
    path("calendar/changes/<uuid:change_id>/ending/", calendarchanges.ending, name="calendar-change-ending"),
    *_things,
    *_times,
]
