"""The oversight room's addresses: who may do what, and who gave it to them."""

from django.urls import path

from luotsi.rooms.oversight.pages import assignments, endings, proposals

urlpatterns = [
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments/<uuid:assignment_id>/", assignments.assignment, name="assignment"),
    path("assignments/<uuid:assignment_id>/confirmation/", proposals.confirmation, name="assignment-confirmation"),
    path("assignments/<uuid:assignment_id>/refusal/", proposals.refusal, name="assignment-refusal"),
    path("assignments/<uuid:assignment_id>/ending/", endings.ending, name="assignment-ending"),
    path("assignments/staff/<uuid:staff_id>/", assignments.worker, name="worker"),
    path("assignments/staff/<uuid:staff_id>/proposals/", proposals.proposals, name="proposals"),
    path("assignments/staff/<uuid:staff_id>/departure/", endings.departure, name="departure"),
    path("assignments/staff/<uuid:staff_id>/return/", endings.coming_back, name="return"),
]
