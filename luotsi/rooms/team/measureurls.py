"""Addresses of what people answered: one person's measures over time, one questionnaire read whole."""

from django.urls import path

from luotsi.rooms.team.pages import measures

urlpatterns = [
    path("people/<uuid:resident_id>/measures/", measures.measures, name="person-measures"),
    path("responses/<uuid:response_id>/", measures.filled, name="filled"),
    path("responses/<uuid:response_id>/files/<uuid:attachment_id>/", measures.file, name="filled-file"),
]
