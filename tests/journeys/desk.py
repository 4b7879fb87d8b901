"""Words for journeys at a worker's desk: a nurse, a neighbour with matters elsewhere, and signing in as either."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from playwright.sync_api import Browser, Page

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.cases.models import Case
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Resident
from tests.factories import as_who, contact, identity_code, worker
from tests.factories.clients import session_of


@dataclass
class Desk:
    """The county as the journey finds it. `open(who, width)` is somebody's own screen."""

    address: str
    nurse: Who
    officer: Who
    neighbour: Resident
    code: str
    health: Case
    social: Case
    open: Callable[[Who, int], Page]

    @property
    def oneself(self) -> Who:
        """The neighbour at their own screen."""
        return as_who(self.neighbour)

    def at(self, page: Page, path: str, language: str = "fi") -> int:
        """Go there; answers the status."""
        answer = page.goto(f"{self.address}/{language}/{path}")
        assert answer is not None
        return answer.status


@contextmanager
def desk(server: str, browser: Browser) -> Iterator[Desk]:
    """Toivo has a health matter in Kuhmo and a social one, none in Sotkamo, where the nurse works."""
    code = identity_code(date(1971, 1, 30))
    nurse = worker(name="Nelli Naapuri")
    neighbour = people.register(
        identity_code=code, by=SYSTEM, at=now(), first_name="Toivo", last_name="Naapurinen", municipality="765",
        language="fi", phone="040 000 9995",
    )  # fmt: skip
    since = now() - timedelta(days=2)
    health = contact(neighbour, unit="kuhmo", at=since)
    social = contact(neighbour, unit="aikuissosiaalityo", kind="social_need", service="adult-social-work", at=since)
    opened = []

    def screen(who: Who, width: int) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, locale="fi-FI")
        context.set_default_timeout(60_000)
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": server}])
        opened.append(context)
        return context.new_page()

    officer = worker(role="privacy-officer", name="Tiina Turvaniitty")
    yield Desk(server, nurse, officer, neighbour, code, health, social, screen)
    for context in opened:
        context.close()
