"""Words that the tests about people share: registering by code, signing in confirmed, what the log says."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client

from luotsi.base.who import SYSTEM, Who
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Resident
from tests.factories import MORNING, contact, identity_code
from tests.factories.clients import session_of

SEARCH = "/fi/team/people/"


def page_of(person: Resident | UUID, part: str = "", language: str = "fi") -> str:
    return f"/{language}/team/people/{person.id if isinstance(person, Resident) else person}/{part}"


def known(code: str = "", **details: Any) -> tuple[Resident, str]:
    """A resident, and the code under which they are found."""
    code = code or identity_code(date(1990, 1, 1))
    told = {"first_name": "Toivo", "last_name": "Naapurinen", "municipality": "765", "language": "fi"} | details
    return people.register(identity_code=code, by=SYSTEM, at=MORNING, **told), code


def of_mine(**details: Any) -> Resident:
    """A resident with a matter at Sotkamo, so that its workers have a relationship."""
    person, _ = known(**details)
    contact(person)
    return person


def confirmed(who: Who) -> Client:
    """A client of somebody who has just shown that it is still them."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(who, confirmed=True)
    return client


def told_in_log(resident: UUID | None = None, **about: Any) -> list[tuple[str, str, str]]:
    """(outcome, what, ground) of the rows of the usage log, the oldest first."""
    rows = Use.objects.filter(**({"resident": resident} if resident else {}), **about).order_by("id")
    return list(rows.values_list("outcome", "what", "ground"))
