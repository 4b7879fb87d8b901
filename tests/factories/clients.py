"""A browser without a screen, signed in as somebody."""

from django.conf import settings
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.config.sessions import SessionStore


def signed_in(who: Who) -> Client:
    """A test client whose session is this person's."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(who)
    return client


def session_of(who: Who, *, way: str = "cast", subject: str = "", sid: str = "", confirmed: bool = False) -> str:
    """The key of a session of this person, begun now; `confirmed`: they have shown again that it is them."""
    store = SessionStore()
    store.begin(at=now(), kind=who.kind, person=who.id, way=way, subject=subject, sid=sid)
    if confirmed:
        store.confirm(now())
    if who.acting_for:
        store["acting_for"] = str(who.acting_for)
    store.save()
    return str(store.session_key)
