"""R10: every address with somebody's object in it, asked by those whose it is not: answered like a missing one."""

import importlib
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import get_resolver

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.actions import referrals
from luotsi.domain.cases.models import Case
from luotsi.domain.people import actions as people
from luotsi.domain.questionnaires import actions as questionnaires
from tests.architecture.test_routes import routes
from tests.factories import as_who, assessed, identity_code, offered, resident, worker
from tests.factories.clients import session_of
from tests.factories.days import granted, wished
from tests.factories.files import pdf

pytestmark = pytest.mark.django_db
_UUID = re.compile(r"<uuid:(\w+)>")
_REST = {
    "<slug:purpose>": "notices-by-mail", "<slug:route>": "physiotherapy", "<slug:service>": "wellbeing-groups",
    "<place:number>": "1",
}  # fmt: skip
# What stands nowhere but in the planted person's records.
MARKERS = (
    "Salakka",
    "Piilonen",
    "Kätkökuja",
    "kätketty.example",
    "050 111 2233",
    "märkäpesäke",
    "sidottu haava",
    "kahvassa",
)


class Planted:
    """Somebody with a marker in every field, and the object that each address would open."""

    def __init__(self, nurse: Who) -> None:
        self.code = identity_code()
        person = people.register(
            identity_code=self.code, by=SYSTEM, at=now(), first_name="Salakka", last_name="Piilonen",
            municipality="765", mail="s@kätketty.example", phone="050 111 2233", street="Kätkökuja 9",
            postal_code="88600", town="Sotkamo",
        )  # fmt: skip
        self.person, self.who = person, as_who(person)
        self.case = self._case("märkäpesäke")
        assessed(self.case, nurse, at=now())
        self.booking = offered(self.case, nurse, starts_at=now() + timedelta(days=2), at=now())
        self.mandate = people.give_mandate(
            principal=person.id, agent=resident().id, kind="mandate", registers=["health"], source="visit", by=nurse,
            at=now(),
        )  # fmt: skip
        self.other_booking_case = self._case("kahvassa")
        self.referral = referrals.send(
            case=self.case.id, route="physiotherapy", to_unit="fysioterapia", question="sidottu haava", key=uuid4(),
            by=nurse, at=now(),
        )  # fmt: skip

        self.response = questionnaires.start(
            questionnaire="phq9", resident=person.id, key=uuid4(), language="fi", by=self.who, at=now()
        )
        self.file = questionnaires.attach(
            response=self.response.id, item="phq1", name="kahvassa.pdf", content=pdf(says=b"kahvassa"), by=self.who,
            at=now(),
        )  # fmt: skip

        social = cases.receive(
            resident=person.id, kind="older_need", service="carers-leave", unit="asiakasohjaus", channel="form",
            language="fi", key=uuid4(), by=self.who, at=now(), questionnaire="contact",
            answers={"what": "kahvassa", "since": "week", "phone": "050 111 2233"},
        )  # fmt: skip
        self.grant = granted(person, SYSTEM, subject=social.id)
        day = now().date() + timedelta(days=30)
        self.wish = wished(self.grant, day, day)

    def _case(self, told: str) -> Case:
        return cases.receive(
            resident=self.person.id, kind="health_need", service="nurse-reception", unit="sotkamo", channel="form",
            language="fi", key=uuid4(), by=self.who, at=now(), questionnaire="contact",
            answers={"what": told, "since": "week", "phone": "050 111 2233"},
        )  # fmt: skip

    def ids(self) -> dict[str, UUID]:
        return {
            "case_id": self.case.id,
            "booking_id": self.booking,
            "resident_id": self.person.id,
            "record_id": self.person.id,
            "mandate_id": self.mandate.id,
            "referral_id": self.referral.id,
            "response_id": self.response.id,
            "attachment_id": UUID(self.file["file"]),
            "grant_id": self.grant.id,
            "wish_id": self.wish.id,
        }


def addresses(planted: Planted) -> Iterator[tuple[str, str]]:
    """Each address that carries one of the planted objects, with the methods its page knows."""
    ids = planted.ids()
    for route, view in routes(get_resolver().url_patterns):
        names = _UUID.findall(route)
        if not names or not set(names) <= set(ids):
            continue
        address = "/" + _UUID.sub(lambda found: str(ids[found[1]]), route)
        for slot, value in _REST.items():
            address = address.replace(slot, value)
        for method in getattr(view, "methods", ("GET",)):
            if method != "HEAD":
                yield method, address


def asked(client: Client, method: str, address: str) -> tuple[int, str]:
    said = {"answer": "accept", "outcome": "advice", "note": "x", "key": str(uuid4()), "reason": "cared"}
    said |= {"step": "message", "question": "x", "to_unit": "fysioterapia", "why": "x", "result": "taken"}
    answer = client.get(address) if method == "GET" else client.post(address, said)
    return answer.status_code, unescape(b"".join(answer).decode(errors="replace"))


def leaks(client: Client, planted: Planted) -> tuple[int, list[str]]:
    """How many were asked, and what was answered that should not be: a success, a redirect inward, or a marker."""
    count, found = 0, []
    for method, address in addresses(planted):
        status, body = asked(client, method, address)
        count += 1
        told = [marker for marker in (*MARKERS, planted.code) if marker in body]
        missing, _ = asked(client, method, _missing(address, planted))
        if told or (status != missing and status < 400) or status >= 500 or status == 200:
            found.append(f"{method} {address}: {status} {told}")
    return count, found


def _missing(address: str, planted: Planted) -> str:
    """The same address of objects that are nowhere."""
    for one in planted.ids().values():
        address = address.replace(str(one), str(uuid4()))
    return address


def confirmed(who: Who) -> Client:
    client = Client()
    client.cookies["sessionid"] = session_of(who, confirmed=True)
    return client


@pytest.fixture
def nurse() -> Who:
    return worker()


@pytest.fixture
def planted(nurse: Who) -> Planted:
    return Planted(nurse)


STRANGERS = {
    "another resident": lambda: as_who(resident()),
    "a nurse of another unit": lambda: worker(unit="kuhmo"),
    "a social worker": lambda: worker("social-worker", "aikuissosiaalityo"),
    "a partner's worker": lambda: worker("partner-worker", "kela"),
    "a provider's worker": lambda: worker("provider-worker", "kuhmo"),
    "a dentist": lambda: worker("dentist", "suun-kajaani"),
    "a county administrator": lambda: worker("county-administrator", "kehittaminen"),
    "a service manager": lambda: worker("service-manager", "kehittaminen"),
}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_strangers_address_opens_nothing(who: str, planted: Planted, figures: Callable[[str], None]) -> None:
    count, found = leaks(confirmed(STRANGERS[who]()), planted)

    assert count >= 25, "where have the addresses gone?"
    assert found == []
    figures(f"R10: {who}: {count} addresses of somebody else's objects asked, {len(found)} leaks")


def test_an_ended_relationship_opens_nothing(planted: Planted, nurse: Who, figures: Callable[[str], None]) -> None:
    for case in (planted.case, planted.other_booking_case):
        if case is planted.case:
            cases.withdraw_time(case=case.id, booking=planted.booking, by=nurse, at=now())
        else:
            assessed(case, nurse, at=now())
        cases.close(case=case.id, reason="cared", by=nurse, at=now())
    client = confirmed(nurse)
    with time_machine.travel(now() + timedelta(days=45)):
        client.cookies["sessionid"] = session_of(nurse, confirmed=True)
        count, found = leaks(client, planted)

    assert found == []
    figures(f"R10: a nurse whose relationship has ended: {count} addresses asked, {len(found)} leaks")


def test_those_whose_it_is_open_it(planted: Planted, nurse: Who) -> None:
    """The addresses are right: the same ones open for the unit's nurse and for the resident."""
    own, team = confirmed(planted.who), confirmed(nurse)

    assert "Kätkökuja 9" in asked(own, "GET", "/fi/own/")[1]
    assert asked(own, "GET", f"/fi/matters/{planted.case.id}/")[0] == 200
    file = f"/fi/responses/{planted.response.id}/files/{planted.file['file']}/"
    assert "kahvassa" in asked(own, "GET", file)[1]
    assert "märkäpesäke" in asked(team, "GET", f"/fi/team/cases/{planted.case.id}/")[1]
    assert "Salakka Piilonen" in asked(team, "GET", f"/fi/team/people/{planted.person.id}/")[1]
    receiver = confirmed(worker("physiotherapist", "fysioterapia"))
    assert "sidottu haava" in asked(receiver, "GET", f"/fi/team/referrals/{planted.referral.id}/")[1]


@pytest.mark.unwatched
def test_a_rule_that_lets_everybody_in_is_noticed(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    """Negative control: the noun's rule and the second wall off, and the same walk finds what leaks."""
    access = importlib.import_module("luotsi.domain.cases.access")
    monkeypatch.setattr(access, "visible_to", lambda _: Case.objects.all())
    everything = "SELECT set_config('luotsi.kind', 'system', true)"
    looking = importlib.import_module("luotsi.domain.events.actions.looking")
    before = looking._enter

    def open_wall(*given: object) -> object:
        kept = before(*given)
        with looking.connection.cursor() as sql:
            sql.execute(everything)
        return kept

    monkeypatch.setattr(looking, "_enter", open_wall)
    _, found = leaks(confirmed(worker(unit="kuhmo")), planted)

    assert any("märkäpesäke" in line for line in found)
