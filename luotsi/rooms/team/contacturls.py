"""The addresses of contacts, of calling back and of why people get in touch."""

from django.urls import path

from luotsi.rooms.team.pages import calls, contacts, demand

urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("people/<uuid:resident_id>/contacts/", contacts.contacts, name="person-contacts"),
    path("people/found/<uuid:handle>/contacts/", contacts.of_found, name="found-contacts"),
    path("cases/<uuid:case_id>/calls/", calls.attempts, name="case-calls"),
    path("cases/<uuid:case_id>/demand/", demand.demand, name="case-demand"),
    path("cases/<uuid:case_id>/other-matters/", contacts.other_matters, name="case-other-matters"),
    path("cases/<uuid:case_id>/joining/", contacts.joining, name="case-joining"),
]
