"""The pages of strong identification, with the fake service: where one lands, what the session holds, how it ends."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from luotsi.base.now import now
from luotsi.domain.people import actions as people
from luotsi.gateways.identity.saml.fake import FakeSuomiFi
from luotsi.gateways.identity.saml.translate import Identified
from luotsi.rooms import session
from luotsi.rooms.resident import underway
from tests.architecture.test_routes import verbs, without_action
from tests.peers import strong_urls
from tests.peers.saml_idp import PEOPLE
from tests.peers.saml_world import pages_with

pytestmark = pytest.mark.django_db
FAKE = FakeSuomiFi()


@pytest.fixture(autouse=True)
def _connected() -> Iterator[None]:
    with pages_with(FAKE):
        yield


def asks(client: Client, **told: str) -> tuple[str, str]:
    """The id of the question that this browser carries, and its relay."""
    response = client.get("/saml/question/", told)
    query = parse_qs(urlsplit(response["Location"]).query)
    return query["question"][0], query["RelayState"][0]


def identified(client: Client, person: str = "aino", *, sid: str = "s-1", **told: str) -> HttpResponse:
    """Ask, answer, arrive."""
    question, relay = asks(client, **told)
    given, _, last, code = PEOPLE[person]
    posted = FAKE.answer(question, Identified(code, given, last), subject=f"subject of {person}", sid=sid)
    answered = Client().post("/saml/answer/", {"SAMLResponse": posted, "RelayState": relay})
    assert answered.status_code == 303
    return client.get(answered["Location"])


def test_the_sign_in_page_offers_suomi_fi_and_keeps_the_way() -> None:
    page = Client().get("/sv/session/", {"next": "/sv/matters/"}).content.decode()

    assert "Suomi.fi-identifikation" in page
    assert "/saml/question/?next=%2Fsv%2Fmatters%2F&amp;language=sv" in page


@pytest.mark.parametrize(
    "wanted, lands",
    [
        ("/sv/accessibility/", "/sv/accessibility/"),
        ("", "/en/matters/"),
        ("https://elsewhere.example/", "/en/matters/"),
    ],
)
def test_one_lands_where_one_wanted_or_at_home_and_never_elsewhere(wanted: str, lands: str) -> None:
    arrived = identified(Client(), next=wanted, language="en")

    assert (arrived.status_code, arrived["Location"]) == (302, lands)


def test_nothing_about_the_person_or_the_way_travels_with_the_question() -> None:
    _, relay = asks(Client(), next="/fi/matters/")

    assert len(relay) == 40
    assert int(relay, 16)


def test_the_session_is_new_and_knows_the_door() -> None:
    client = Client()
    asks(client)
    before = client.session.session_key

    identified(client)

    signed = client.session.signed
    assert client.session.session_key != before
    assert (signed.kind, signed.way, signed.subject, signed.sid) == ("resident", "suomifi", "subject of aino", "s-1")


def test_a_resident_whom_we_know_is_found_and_called_as_the_register_calls_them() -> None:
    known = people.register(
        identity_code=PEOPLE["aino"][3], first_name="Anna", last_name="Entinen", municipality="205",
        by=session.VISITOR, at=now(),
    )  # fmt: skip
    client = Client()

    identified(client)

    assert client.session.signed.person == known.id
    assert "Aino Esimerkki" in client.get("/fi/accessibility/").content.decode()


def test_another_person_may_sign_in_on_the_same_browser_without_signing_out() -> None:
    client = Client()
    identified(client, "aino")
    first = client.session.signed.person

    identified(client, "oskar", sid="s-2")

    assert client.session.signed.person != first
    assert "Oskar Exempel" in client.get("/fi/accessibility/").content.decode()


def test_five_tabs_may_be_on_their_way_at_once_and_each_lands_where_it_wanted() -> None:
    client = Client()
    tabs = [(asks(client, next=f"/fi/services/s{number}/"), number) for number in range(6)]
    person = Identified(PEOPLE["aino"][3], "Aino", "Esimerkki")

    landed = []
    for (question, relay), _ in (tabs[0], tabs[1]):
        told = {"SAMLResponse": FAKE.answer(question, person, subject="a", sid="b"), "RelayState": relay}
        response = client.get(Client().post("/saml/answer/", told)["Location"])
        landed.append(response.get("Location", response.status_code))

    assert landed == [403, "/fi/services/s1/"]


def test_signing_out_leads_to_suomi_fi_and_back() -> None:
    client = Client()
    identified(client)

    page = client.post("/fi/session/closure/").content.decode()
    leaving = client.session.get("leave_at")
    address = page.partition("/saml/leaving/?ticket=")[2].partition('"')[0]
    away = client.get(f"/saml/leaving/?ticket={address}")
    back = client.get(f"/saml/closure/?{FAKE.ended(away['Location'])}", follow=True)

    assert leaving is None
    assert client.session.signed is None
    assert away["Location"].startswith("https://identification.example/slo?")
    assert "Olet kirjautunut ulos." in back.content.decode()


def test_a_sign_out_that_is_not_whole_says_so() -> None:
    away = FAKE.ask_to_end(subject="a", sid="b", at=now())

    page = Client().get(f"/saml/closure/?{FAKE.ended(away, everywhere=False)}", follow=True).content.decode()

    assert "Sulje selain" in page


def test_suomi_fi_ends_the_one_session_it_names_without_our_cookie() -> None:
    here, there = Client(), Client()
    identified(here, sid="s-1")
    identified(there, sid="s-2")

    response = Client().get(f"/saml/closure/?{FAKE.end(subject='subject of aino', sid='s-1')}")

    assert response["Location"] == "https://identification.example/slo?done=1"
    assert here.session.signed is None
    assert there.session.signed is not None


@pytest.mark.parametrize(
    "address", ["/saml/closure/", "/saml/closure/?SAMLRequest=x", "/saml/arrival/", "/saml/arrival/?key=x"]
)
def test_an_address_that_says_nothing_is_met_calmly(address: str) -> None:
    assert 400 <= Client().get(address).status_code < 500


@pytest.mark.parametrize("ticket", ["", "x", "\u00e5", "gAAAAA" + "a" * 100])
def test_a_ticket_that_is_not_ours_leads_to_the_front(ticket: str) -> None:
    response = Client().get("/saml/leaving/", {"ticket": ticket})

    assert response.status_code == 302
    assert response["Location"] in {"/fi/", "/sv/", "/en/"}


def test_what_waits_is_unreadable_to_who_reads_the_table() -> None:
    """Half of the key never reaches the table, and the row is gone when it has been fetched."""
    from luotsi.config.models import Session

    question, relay = asks(Client())
    person = Identified(PEOPLE["aino"][3], "Aino", "Esimerkki")
    posted = FAKE.answer(question, person, subject="a", sid="b")
    address = Client().post("/saml/answer/", {"SAMLResponse": posted, "RelayState": relay})["Location"]
    rows = [row for row in Session.objects.all() if "sealed" in row.get_decoded()]

    assert len(rows) == 1
    assert "070785" not in str(rows[0].get_decoded())
    assert "Aino" not in str(rows[0].get_decoded())
    assert PEOPLE["aino"][3] not in address
    key = parse_qs(urlsplit(address).query)["key"][0]
    assert underway.fetch(key[:32] + "0" * 32, at=now()) is None
    assert not Session.objects.filter(session_key=rows[0].session_key).exists()


def test_an_answer_is_no_store_and_no_script() -> None:
    response = identified(Client())

    assert response["Cache-Control"] == "no-store"
    assert "form-action 'self'" in response["Content-Security-Policy"]


def test_a_look_ahead_neither_asks_nor_signs_in() -> None:
    assert [Client().head(f"/saml/{step}/").status_code for step in ("question", "arrival", "closure", "leaving")] == [
        405
    ] * 4


def test_the_addresses_are_nouns_and_name_their_action() -> None:
    assert without_action(strong_urls.urlpatterns) == []
    assert verbs(strong_urls.urlpatterns) == []


def test_without_a_connection_there_is_no_address_and_no_way(settings: object) -> None:
    settings.ROOT_URLCONF = "luotsi.config.urls"  # type: ignore[attr-defined]

    with pytest.raises(NoReverseMatch):
        reverse("strong")
    assert Client().get("/saml/metadata/").status_code == 404
    assert Client().post("/saml/answer/", {"SAMLResponse": "x"}).status_code == 404


def test_a_person_is_an_id_in_the_session_and_nothing_else() -> None:
    client = Client()
    identified(client)

    assert isinstance(client.session.signed.person, UUID)
    assert "070785" not in str(dict(client.session))
