"""Addresses of strong identification by Suomi.fi. They exist only where the county has connected it.

Those under saml/ are registered with Suomi.fi, so they never change and carry no language.
"""

from django.urls import path

from luotsi.rooms.resident.pages import strong

urlpatterns = [
    path("saml/metadata/", strong.metadata, name="strong-metadata"),
    path("saml/question/", strong.question, name="strong"),
    path("saml/answer/", strong.answer, name="strong-answer"),
    path("saml/arrival/", strong.arrival, name="strong-arrival"),
    path("saml/closure/", strong.closure, name="strong-closure"),
    path("saml/leaving/", strong.leaving, name="strong-leaving"),
]
