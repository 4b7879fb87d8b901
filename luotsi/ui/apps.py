"""The design system as a Django app: its template tags, templates, texts and static files."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "luotsi.ui"
    label = "ui"
