"""The steering room's addresses."""

from django.urls import include, path

from luotsi.rooms.steering import resulturls
from luotsi.rooms.steering.pages import boards, catalogue, demand, indicator

urlpatterns = [
    path("", boards.all_boards, name="boards"),
    path("contacts/", demand.demand, name="demand"),
    path("services/", catalogue.desk, name="catalogue-desk"),
    path("services/mending/", catalogue.mending, name="catalogue-mending"),
    path("services/guides/", include("luotsi.rooms.steering.guides.urls")),
    path("forms/", include("luotsi.rooms.steering.forms.urls")),
    path("indicators/<slug:key>/", indicator.indicator, name="indicator"),
    path("indicators/<slug:key>/<slug:by>.csv", indicator.file, name="indicator-table"),
    *resulturls.urlpatterns,
    path("<slug:key>/", boards.board, name="board"),
    path("<slug:key>/tables/<slug:place>.csv", boards.file, name="board-table"),
]
