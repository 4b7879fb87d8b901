"""The addresses of places by day, and of the days that a decision grants."""

from django.urls import path

from luotsi.rooms.team.pages import daygrants, places

urlpatterns = [
    path("places/", places.board, name="places"),
    path("places/day/", places.day, name="place-day"),
    path("places/wishes/", places.wishes, name="place-wishes"),
    path("places/openings/", places.openings, name="place-openings"),
    path("places/days/<uuid:booking_id>/attendance/", places.attendance, name="place-attendance"),
    path("places/days/<uuid:booking_id>/correction/", places.correction, name="place-correction"),
    path("cases/<uuid:case_id>/days/", daygrants.days, name="case-days"),
    path("cases/<uuid:case_id>/days/<uuid:grant_id>/ending/", daygrants.ending, name="case-days-ending"),
    path("cases/<uuid:case_id>/days/<uuid:grant_id>/wishes/", daygrants.wishes, name="case-day-wishes"),
]
