"""Every address. Languages are in the address: /fi/, /sv/, /en/."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from luotsi.config import errors
from luotsi.rooms.live import live

urlpatterns = [
    path("health/", errors.health, name="health"),
    path("live/", live, name="live"),
    path("", include("luotsi.rooms.resident.door")),
    *i18n_patterns(
        path("", include("luotsi.rooms.resident.urls")),
        path("answers/", include("luotsi.rooms.filling.urls")),
        path("team/", include("luotsi.rooms.team.urls")),
        path("boards/", include("luotsi.rooms.steering.urls")),
        path("programmes/", include("luotsi.rooms.programme.urls")),
        path("oversight/", include("luotsi.rooms.oversight.urls")),
        path("ui/", include("luotsi.ui.urls")),
    ),
]

if settings.MODE == "demo":
    from luotsi.demo.urls import urlpatterns as demo

    urlpatterns += i18n_patterns(*demo)

if settings.SAML:
    urlpatterns.append(path("", include("luotsi.rooms.resident.strong_urls")))

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
