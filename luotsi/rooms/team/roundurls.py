"""The addresses of home rounds."""

from django.urls import path

from luotsi.rooms.team.pages import homevisits, rounds

urlpatterns = [
    path("rounds/", rounds.day, name="home-rounds"),
    path("rounds/planning/", rounds.planning, name="home-rounds-planning"),
    path("rounds/times/", rounds.times, name="home-rounds-times"),
    path("rounds/absence/", rounds.absence, name="home-rounds-absence"),
    path("rounds/own/", rounds.own, name="own-round"),
    path("rounds/own/<uuid:visit_id>/", rounds.attendance, name="own-round-visit"),
    path("rounds/visits/<uuid:visit_id>/", homevisits.visit, name="home-visit"),
    path("rounds/visits/<uuid:visit_id>/pin/", homevisits.pin, name="home-visit-pin"),
    path("rounds/visits/<uuid:visit_id>/cancellation/", homevisits.cancellation, name="home-visit-cancellation"),
    path("people/<uuid:resident_id>/home-visits/", homevisits.of_person, name="home-visits"),
]
