"""Addresses of a vehicle's stops, for those who work on board and who plan it."""

from django.urls import path

from luotsi.rooms.team.pages import stops

urlpatterns = [
    path("stops/", stops.stops, name="team-stops"),
    path("stops/plans/", stops.plans, name="stop-plans"),
    path("stops/<slug:stop_key>/<slug:day>/", stops.day, name="stop-day"),
    path("stops/<slug:stop_key>/<slug:day>/heads/", stops.heads, name="stop-heads"),
]
