"""The addresses of a worker's own times in another calendar."""

from django.urls import path

from luotsi.rooms.team.pages import feeds

urlpatterns = [
    path("calendar/feed/", feeds.feed, name="calendar-feed"),
    path("calendar/feed/<str:token>/times.ics", feeds.times, name="worker-times"),
]
