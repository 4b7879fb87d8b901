"""The team room's addresses. They are nouns."""

from django.urls import path

from luotsi.rooms.team.pages import assessments, case, closure, offers, visits, worklist

urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("cases/<uuid:case_id>/", case.case, name="case"),
    path("cases/<uuid:case_id>/following/", worklist.following, name="following"),
    path("cases/<uuid:case_id>/assessments/", assessments.assessments, name="assessments"),
    path("cases/<uuid:case_id>/offers/", offers.offers, name="offers"),
    path("cases/<uuid:case_id>/offers/<uuid:booking_id>/withdrawal/", offers.withdrawal, name="withdrawal"),
    path("cases/<uuid:case_id>/visits/", visits.visits, name="visits"),
    path("cases/<uuid:case_id>/closure/", closure.closure, name="closure"),
]
