"""People on a browser, for tests of what a session does: a morning, a nurse, a resident, and signing in again."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from luotsi.base.who import SYSTEM, Who
from luotsi.config.sessions import SessionStore
from luotsi.demo.residents import identity_code
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.people import actions as people
from luotsi.rooms.session import sign_in

MORNING = datetime(2026, 3, 31, 5, 0, tzinfo=UTC)


def sign_in_on(browser: Client, who: Who) -> None:
    """Sign in on this browser as the demonstration's page does, keeping what its session held."""
    request = HttpRequest()
    request.session = SessionStore(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    sign_in(request, kind=who.kind, id=who.id, way="cast")
    request.session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key


def worker(name: str) -> Who:
    organisation.load_units()
    who = Who(kind="staff", role="nurse", id=uuid4(), name=name, units=frozenset({"kajaani-hva"}))
    since = MORNING.date() - timedelta(days=30)
    organisation.employ(id=who.id, name=name, unit="kajaani-hva", role="nurse", since=since, by=SYSTEM, at=MORNING)
    return who


def resident_called(first_name: str, individual: int) -> Who:
    code = identity_code(datetime(1970, 1, 1).date(), "-", individual)
    made = people.register(
        identity_code=code, first_name=first_name, last_name="Testinen", municipality="205", by=SYSTEM, at=MORNING
    )
    return Who(kind="resident", role="resident", id=UUID(str(made.id)), name=f"{first_name} Testinen")
