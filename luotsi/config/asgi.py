"""The application as an ASGI server sees it."""

import os
import threading

from django.core.asgi import get_asgi_application

from luotsi.config.outermost import Outermost

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
os.environ.setdefault("LUOTSI_AS", "web")
application = Outermost(get_asgi_application())


def _warm() -> None:
    """Load the word lists and the figures' engine beside the first requests, so that nobody waits for them."""
    from luotsi.domain.catalogue.rules import words
    from luotsi.domain.indicators import ports

    words.warm()
    ports.figures().warm()


threading.Thread(target=_warm, name="warm", daemon=True).start()
