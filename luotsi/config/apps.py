"""Wiring: which machine answers which port."""

from django.apps import AppConfig


class LuotsiConfig(AppConfig):
    name = "luotsi.config"
    label = "luotsi_config"
