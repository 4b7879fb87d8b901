"""Wiring: which machine answers which port, and how one signs in."""

from django.apps import AppConfig
from django.conf import settings
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _


class LuotsiConfig(AppConfig):
    name = "luotsi.config"
    label = "luotsi_config"

    def ready(self) -> None:
        from luotsi.analytics.engine import DuckFigures
        from luotsi.config import suomifi
        from luotsi.config.allowance import take
        from luotsi.domain.indicators import ports
        from luotsi.rooms import allowance, session
        from luotsi.rooms.resident.pages import identity

        allowance.connect(take)
        ports.connect(DuckFigures(settings.DATA / "facts"))
        if settings.SAML:
            suomifi.connect()
        session.WAYS.extend(identity.way_in(way) for way in settings.OIDC)
        if settings.MODE == "demo":
            session.WAYS.append(session.Way(_("The demonstration's people"), _to_the_guide))


def _to_the_guide(onward: str) -> str:
    return f"{reverse('demo')}?{urlencode({'next': onward})}"
