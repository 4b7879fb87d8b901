"""Addresses of a matter's stages: judged anew, told, opened again."""

from django.urls import path

from luotsi.rooms.team.pages import assessments, handling, notifiers, reopening, tellings

urlpatterns = [
    path("child-welfare/", handling.handling, name="child-welfare"),
    path("cases/<uuid:case_id>/assessments/<slug:key>/", assessments.stage, name="case-stage"),
    path("cases/<uuid:case_id>/tellings/", tellings.tellings, name="case-tellings"),
    path("cases/<uuid:case_id>/reopening/", reopening.reopening, name="case-reopening"),
    path("cases/<uuid:case_id>/contacts/<uuid:contact_id>/notifier/", notifiers.notifier, name="case-notifier"),
]
