"""The addresses around the list: handing over, the worker's own desk, who is away, the morning review."""

from django.urls import path

from luotsi.rooms.team.pages import absences, atdesk, dates, handovers, huddle, views

urlpatterns = [
    path("handovers/", handovers.handovers, name="handovers"),
    path("huddle/", huddle.huddle, name="huddle"),
    path("worklist/<uuid:case_id>/dates/", dates.listed_dates, name="list-dates"),
    path("views/", views.views, name="worklist-views"),
    path("views/<uuid:view_id>/", views.view, name="worklist-view"),
    path("absences/", absences.absences, name="absences"),
    path("absences/<uuid:absence_id>/ending/", absences.ending, name="absence-ending"),
    path("cases/<uuid:case_id>/presence/", atdesk.presence, name="case-presence"),
    path("cases/<uuid:case_id>/drafts/<slug:form>/", atdesk.draft, name="case-draft"),
]
