"""The peer of bench.bookings: a booking page as it is usually first written. A Django project in one file.

It locks its table, looks whether the time is free, and writes. Nobody signs in; no right is asked and nothing logged.
"""

import os
from pathlib import Path

import django
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path

from luotsi.config.postgres import databases

DATABASES = databases(Path(os.environ.get("LUOTSI_DATA", ".")), "demo") if "LUOTSI_DATA" in os.environ else {}
for _one in DATABASES.values():
    _one["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 6, "timeout": 30.0}
SECRET_KEY, ALLOWED_HOSTS, ROOT_URLCONF, USE_TZ = "bench", ["*"], "bench.bookings_plain", True
MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def booking(request: HttpRequest) -> HttpResponse:
    with transaction.atomic(), connection.cursor() as sql:
        sql.execute("LOCK TABLE plain_booking IN EXCLUSIVE MODE")
        sql.execute("SELECT count(*) FROM plain_booking WHERE slot = %s", [request.POST["slot"]])
        if sql.fetchone()[0]:
            return HttpResponse(status=409)
        sql.execute("INSERT INTO plain_booking VALUES (%s, %s, now())", [request.POST["slot"], request.POST["person"]])
    return HttpResponseRedirect("/done/")


def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("booking/", booking), path("health/", health)]


def __getattr__(name: str) -> object:
    """`application` is made when the server asks for it: this file is its settings too, read before Django is ready."""
    if name != "application":
        raise AttributeError(name)
    from django.core.handlers.asgi import ASGIHandler

    django.setup(set_prefix=False)
    return ASGIHandler()
