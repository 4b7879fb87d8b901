"""Every address, with those of strong identification: as where the county has connected it."""

from django.urls import include, path

from luotsi.config import urls

urlpatterns = [*urls.urlpatterns, path("", include("luotsi.rooms.resident.strong_urls"))]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
