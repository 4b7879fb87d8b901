"""The addresses of groups."""

from django.urls import path

from luotsi.rooms.team.pages import grouping, groups, meetings

urlpatterns = [
    path("groups/", groups.groups, name="team-groups"),
    path("groups/plans/", groups.plans, name="group-plans"),
    path("groups/<uuid:group_id>/", groups.group, name="team-group"),
    path("groups/<uuid:group_id>/sheet/", groups.sheet, name="group-sheet"),
    path("groups/<uuid:group_id>/ending/", groups.ending, name="group-ending"),
    path("groups/<uuid:group_id>/meetings/<uuid:meeting_id>/", groups.meeting, name="group-meeting"),
    path("groups/<uuid:group_id>/meetings/<uuid:meeting_id>/ending/", meetings.ending, name="group-meeting-ending"),
    path("groups/<uuid:group_id>/places/<uuid:booking_id>/ending/", groups.leaving, name="group-place-ending"),
    path("cases/<uuid:case_id>/groups/", grouping.places, name="case-groups"),
]
