"""A browser without a screen, signed in as somebody."""

from django.test import Client

from luotsi.base.who import Who


def signed_in(who: Who) -> Client:
    """A test client whose session is this person's."""
    client = Client()
    session = client.session
    session["who"] = {"kind": who.kind, "id": str(who.id)}
    session.save()
    return client
