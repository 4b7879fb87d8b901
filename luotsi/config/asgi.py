"""The application as an ASGI server sees it."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor

import django

from luotsi.config.checks import why_unsafe
from luotsi.config.handling import Pages
from luotsi.config.outermost import Outermost

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luotsi.config.settings")
os.environ.setdefault("LUOTSI_AS", "web")
django.setup(set_prefix=False)
application = Outermost(Pages())


def _refuse_if_unsafe() -> None:
    """Production does not answer anybody under settings that are not safe. In a thread: the server's loop runs here."""
    with ThreadPoolExecutor(1) as beside:
        if found := beside.submit(why_unsafe).result():
            raise SystemExit("\n".join(f"luotsi: {why}" for why in found))


_refuse_if_unsafe()


def _warm() -> None:
    """Load the word lists and the figures' engine beside the first requests, so that nobody waits for them."""
    from luotsi.domain.catalogue.rules import words
    from luotsi.domain.indicators import ports

    words.warm()
    ports.figures().warm()


threading.Thread(target=_warm, name="warm", daemon=True).start()
