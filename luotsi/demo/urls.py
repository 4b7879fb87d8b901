"""Addresses of the demonstration alone; luotsi/config/urls.py adds them only in that mode."""

from django.urls import path

from luotsi.demo import pages

urlpatterns = [
    path("demo/", pages.guide, name="demo"),
    path("demo/session/", pages.session, name="demo-session"),
]
