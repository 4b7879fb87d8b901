"""What the tests of the room share: wishes, grants and how to read a page."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.organisation import actions, queries
from luotsi.domain.organisation.models import Assignment
from tests.factories import MORNING
from tests.factories.clients import session_of

LIST = "/fi/oversight/assignments/"
TODAY = MORNING.date()
LAST = TODAY + timedelta(days=90)


def confirmed(who: Who) -> Client:
    """Signed in, and has just shown again that it is them."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(who, confirmed=True)
    return client


def wish(**changes: Any) -> dict[str, str]:
    days = {"valid_from": TODAY, "valid_to": LAST}
    return {"role": "nurse", "unit": "kuhmo", "reason": "Sijaisuus", **days, **changes}


def proposed(by: Who, to: Who, **changes: Any) -> Assignment:
    return actions.propose_assignment(staff=to.id, **wish(**changes), by=by, at=MORNING)  # type: ignore[arg-type]


def given(by: Who, second: Who, to: Who, **changes: Any) -> Assignment:
    return actions.confirm_assignment(assignment=proposed(by, to, **changes).id, by=second, at=MORNING)


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def names(response: Any) -> list[str]:
    return [row.name for row, _lines in response.context["rows"]]


def counts(response: Any) -> list[int]:
    return [count for _name, _url, _current, count in response.context["tabs"]]


def page_of(who: Who) -> str:
    return f"{LIST}staff/{who.id}/"


def units_of(who: Who) -> frozenset[str]:
    assert who.id
    found = queries.staff_as_who(who.id, on=TODAY)
    return found.units if found else frozenset()
