"""Addresses of filling a questionnaire with the resident, from their matter."""

from django.urls import path

from luotsi.rooms.filling import addresses  # noqa: F401 (the place of a question)
from luotsi.rooms.team.pages import filling, surveys

urlpatterns = [
    path("surveys/", surveys.surveys, name="surveys"),
    path("cases/<uuid:case_id>/filling/", filling.choice, name="case-filling"),
    path("cases/<uuid:case_id>/filling/<slug:key>/", filling.beginning, name="case-form"),
    path("cases/<uuid:case_id>/responses/<uuid:response_id>/<place:number>/", filling.question, name="case-question"),
    path("cases/<uuid:case_id>/responses/<uuid:response_id>/review/", filling.review, name="case-review"),
    path("cases/<uuid:case_id>/responses/<uuid:response_id>/discarding/", filling.discarding, name="case-discarding"),
    path("cases/<uuid:case_id>/invitations/", filling.invitations, name="case-invitations"),
]
