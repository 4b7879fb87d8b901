"""Addresses of the counters at which people wait by number."""

from django.urls import path

from luotsi.rooms.team.pages import numbers

urlpatterns = [
    path("numbers/", numbers.counters, name="team-counters"),
    path("numbers/<slug:counter_key>/", numbers.counter, name="team-counter"),
    path("numbers/<slug:counter_key>/calls/", numbers.calls, name="counter-calls"),
    path("numbers/<slug:counter_key>/tickets/", numbers.tickets, name="counter-tickets"),
    path("numbers/<slug:counter_key>/tickets/<uuid:number_id>/", numbers.ticket, name="counter-ticket"),
]
