"""The oversight room's addresses: who may do what, and who gave it to them."""

from django.urls import path

from luotsi.rooms.oversight.pages import assignments, emergencies, endings, imports, log, proposals

urlpatterns = [
    path("log/", log.usage, name="usage"),
    path("log/proof/", log.proof, name="proof"),
    path("unusual/", log.unusual, name="unusual"),
    path("emergencies/", emergencies.emergencies, name="emergencies"),
    path("emergencies/<uuid:relationship_id>/verdict/", emergencies.verdict, name="emergency-verdict"),
    path("holds/", emergencies.holds, name="holds"),
    path("holds/<uuid:resident_id>/lifting/", emergencies.lifting, name="hold-lifting"),
    path("assignments/", assignments.assignments, name="assignments"),
    path("assignments/import/", imports.sheet, name="assignment-import"),
    path("assignments/import/proposals/", imports.proposals, name="assignment-import-proposals"),
    path("assignments/import/example.xlsx", imports.example, name="assignment-import-example"),
    path("assignments/<uuid:assignment_id>/", assignments.assignment, name="assignment"),
    path("assignments/<uuid:assignment_id>/confirmation/", proposals.confirmation, name="assignment-confirmation"),
    path("assignments/<uuid:assignment_id>/refusal/", proposals.refusal, name="assignment-refusal"),
    path("assignments/<uuid:assignment_id>/ending/", endings.ending, name="assignment-ending"),
    path("assignments/staff/<uuid:staff_id>/", assignments.worker, name="worker"),
    path("assignments/staff/<uuid:staff_id>/proposals/", proposals.proposals, name="proposals"),
    path("assignments/staff/<uuid:staff_id>/departure/", endings.departure, name="departure"),
    path("assignments/staff/<uuid:staff_id>/return/", endings.coming_back, name="return"),
]
