"""Addresses of the wellbeing tray's own services."""

from django.urls import path

from luotsi.rooms.team.pages import entries

urlpatterns = [
    path("entries/", entries.entries, name="entries"),
    path("entries/draft/", entries.draft, name="entry-draft"),
    path("entries/<uuid:entry_id>/", entries.entry, name="entry"),
    path("entries/<uuid:entry_id>/text/", entries.text, name="entry-text"),
    path("entries/<uuid:entry_id>/steps/", entries.steps, name="entry-steps"),
]
