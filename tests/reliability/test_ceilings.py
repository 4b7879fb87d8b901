"""A ceiling is met by a machine, answered calmly in three languages, and costs nobody what they wrote."""

import asyncio
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.http import HttpRequest, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from luotsi.config import ceilings
from luotsi.config.ceilings import MOST_LINES, Ceiling, Ceilings, network_of
from luotsi.config.middleware import address_of
from luotsi.domain.cases.models import Case
from luotsi.domain.organisation.rules import VISITOR
from tests.factories import as_who, resident, worker
from tests.factories.clients import signed_in
from tests.factories.loops import finished

pytestmark = pytest.mark.django_db
CONTACT = "/fi/services/nurse-reception/contact/"


@pytest.fixture
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ceilings that a test reaches."""
    monkeypatch.setattr(ceilings, "VISITORS", Ceiling("visitor", 3, 60, open=True))
    monkeypatch.setitem(ceilings.BY_ACTION, "contact.send", Ceiling("contact", 2, 3_600, open=True))
    monkeypatch.setitem(ceilings.BY_ACTION, "person.find", Ceiling("person", 2, 3_600, open=False))


@pytest.mark.usefixtures("low")
@pytest.mark.parametrize(
    "language, words", [("fi", "Odota 60 minuuttia"), ("sv", "Vänta 60 minuter"), ("en", "Please wait 60 minutes")]
)
def test_one_form_too_many_waits_and_keeps_what_was_written(language: str, words: str) -> None:
    browser = signed_in(as_who(resident()))
    sent = {"key": str(uuid4()), "what": 'Polvi on "kipeä" <b>', "since": "week"}
    address = CONTACT.replace("/fi/", f"/{language}/")
    for _ in range(2):
        assert browser.post(address, sent).status_code != 429
    answer = browser.post(address, sent)
    page = answer.content.decode()
    assert (answer.status_code, 3_500 < int(answer["Retry-After"]) <= 3_600) == (429, True)
    assert words in page
    assert 'value="Polvi on &quot;kipeä&quot; &lt;b&gt;"' in page
    assert f'action="{address}"' in page
    assert "116 117" in page
    assert page.count("csrfmiddlewaretoken") == 2, "the form's own, and signing out: none is kept from the request"
    assert Case.objects.count() == 0
    assert signed_in(as_who(resident())).post(address, sent).status_code != 429, "somebody else's ceiling"
    assert browser.get("/fi/matters/").status_code == 200, "reading is not limited"


@pytest.mark.usefixtures("low")
def test_visitors_have_a_ceiling_by_address() -> None:
    def post(address: str) -> int:
        return Client().post("/fi/session/closure/", REMOTE_ADDR=address).status_code

    assert [post("192.0.2.1") == 429 for _ in range(5)] == [False, False, False, True, True]
    assert post("192.0.2.2") != 429
    assert [post(f"2001:db8::{n}") == 429 for n in range(4)] == [False, False, False, True], "one subscriber's /64"
    assert signed_in(worker()).post("/fi/session/closure/", REMOTE_ADDR="192.0.2.1").status_code != 429


@pytest.mark.parametrize(
    "proxies, said, address",
    [
        (0, "203.0.113.9", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "10.0.0.1"),
        (1, "nonsense", "10.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(proxies: int, said: str, address: str) -> None:
    assert address_of({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": said}, proxies) == address


def test_the_caller_cannot_choose_an_address(settings: Any, low: None) -> None:
    settings.PROXIES = 0
    codes = [Client().post("/fi/session/closure/", HTTP_X_FORWARDED_FOR=f"203.0.113.{n}").status_code for n in range(4)]
    assert codes[-1] == 429
    assert network_of("not an address") == "unknown"


@pytest.mark.parametrize("action, passes", [("contact.send", True), ("person.find", False)])
def test_when_nothing_can_be_counted_care_stays_open_and_guessing_stops(
    action: str, passes: bool, monkeypatch: pytest.MonkeyPatch, low: None
) -> None:
    def broken(*_: object, **__: object) -> int:
        raise OperationalError

    monkeypatch.setattr(ceilings, "wait_seconds", broken)
    assert (_asked(action)() is None) == passes


def test_searches_by_one_worker_end_and_another_workers_do_not(low: None) -> None:
    ask, other = _asked("person.find"), _asked("person.find")
    assert [ask() is None for _ in range(3)] == [True, True, False]
    assert other() is None


def _asked(action: str) -> Callable[[], Any]:
    """A POST of one signed-in worker to a page of this action, as the middleware sees it."""
    viewer = worker()

    def view() -> None:
        return None

    view.action = action  # type: ignore[attr-defined]

    def ask() -> Any:
        request = RequestFactory().post("/fi/")
        request.viewer = viewer
        return Ceilings(lambda request: None).process_view(request, view)  # type: ignore[arg-type,return-value]

    return ask


def test_live_lines_of_one_person_are_few_and_are_given_back() -> None:
    person = worker()

    async def line() -> Any:
        yield b"retry: 1\n\n"
        await asyncio.sleep(60)

    def answer(_: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(line(), content_type="text/event-stream")

    door = Ceilings(answer)  # type: ignore[arg-type]

    def ask(viewer: Any) -> HttpRequest:
        request = RequestFactory().get("/live/")
        request.viewer, request.resolver_match = viewer, resolve("/live/")
        return request

    async def walk() -> tuple[int, int]:
        answers = [door(ask(person)) for _ in range(MOST_LINES)]
        lines = [aiter(one) for one in answers]  # type: ignore[arg-type]
        for one in lines:
            await anext(one)
        full = door.lines[str(person.id)]
        for one in answers:
            one.close()
        return full, len(door.lines)

    assert door.process_view(ask(person), None) is None
    door.lines[str(person.id)] = MOST_LINES
    assert door.process_view(ask(person), None).status_code == 429  # type: ignore[union-attr]
    assert door.process_view(ask(worker()), None) is None
    assert door.process_view(ask(VISITOR), None) is None, "the page itself refuses"
    door.lines.clear()
    assert finished(walk()) == (MOST_LINES, 0)


def test_every_ceiling_belongs_to_a_page_that_sends() -> None:
    """A ceiling of an action that no role has would guard nothing."""
    from luotsi.domain.organisation.definitions import roles

    known = {action for role in roles().values() for action in role.may}
    assert set(ceilings.BY_ACTION) - known == set()
    assert all(re.fullmatch(r"[a-z]+", one.name) for one in ceilings.BY_ACTION.values())
