"""Acting for another: no page offers what is refused, and every text speaks to the one who reads it."""

import re
from collections.abc import Collection
from datetime import timedelta
from html import unescape
from urllib.parse import urljoin
from uuid import uuid4

import pytest
from django.test import Client

from luotsi.base.now import now
from luotsi.domain.people.definitions import grounds, mandate_kinds
from luotsi.domain.people.models import Resident
from luotsi.domain.questionnaires.definitions import questionnaires
from tests.factories import as_who, assessed, contact, offered, resident, worker
from tests.factories.clients import signed_in
from tests.factories.shelf import services_stand
from tests.rooms.resident.people import EVERYTHING, acting, family, let_act, looked, text_of

pytestmark = pytest.mark.django_db
FORM = "/fi/services/nurse-reception/contact/"
_TO_ONESELF = re.compile(r"\b\w*(?:tietosi|tietojasi|tiedoistasi|asiasi|asioitasi|sinulle|sinusta)\b|\bsinun tie", re.I)


def links(page: str, here: str) -> set[str]:
    """Addresses of ours that the page leads to, without what only sorts or leaves."""
    found = {urljoin(here, unescape(href)) for href in re.findall(r'<a[^>]+href="([^"]+)"', page)}
    return {one.partition("#")[0] for one in found if one.startswith("/fi/") and not one.startswith("/fi/ui/")}


def walked(browser: Client, start: str, *, most: int = 70) -> dict[str, int]:
    """Every page that can be reached by links, with the status of its answer."""
    waiting, seen = [start], {}
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        answer = browser.get(address)
        seen[address] = answer.status_code
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            waiting += sorted(links(answer.content.decode(), address) - seen.keys() - set(waiting))
    return seen


def a_matter_of(principal: Resident) -> None:
    nurse = worker()
    case = contact(principal, at=now() - timedelta(hours=3))
    assessed(case, nurse)
    offered(case, nurse, starts_at=now() + timedelta(days=2))
    looked(case, nurse)


@pytest.mark.parametrize(
    "kind, registers", [("guardian", EVERYTHING), ("mandate", ("social",)), ("trustee", ("health",))]
)
def test_no_page_offers_what_the_right_to_act_does_not_cover(kind: str, registers: Collection[str]) -> None:
    services_stand()
    mother, child = family() if kind == "guardian" else (resident(), resident())
    if kind != "guardian":
        let_act(mother, child, kind=kind, source=mandate_kinds()[kind].sources[0], registers=registers)
    a_matter_of(child)

    seen = walked(acting(mother, child), "/fi/matters/")

    assert len(seen) > 15, "where have the pages gone?"
    assert {address: status for address, status in seen.items() if status not in {200, 302}} == {}


def test_a_link_to_what_is_refused_is_noticed() -> None:
    """Negative control: the same walk begins on a page that the mandate does not open."""
    agent, principal = resident(), resident()
    let_act(agent, principal)
    assert walked(acting(agent, principal), "/fi/own/details/")["/fi/own/details/"] == 403


def test_a_contact_in_a_register_that_is_not_covered_is_neither_offered_nor_taken() -> None:
    services_stand()
    agent, principal = resident(), resident()
    let_act(agent, principal, registers=("social",))
    browser = acting(agent, principal)
    assert "Lähetä viesti" not in text_of(browser.get("/fi/services/nurse-reception/"))
    assert browser.get(FORM).status_code == 403
    assert browser.post(FORM, {"what": "Kuume"}).status_code == 403


@pytest.mark.parametrize(
    "language, heading, asked, button",
    [
        ("fi", "Lähetä viesti toisen puolesta: Lauri Esimerkki", "Onko hänellä juuri nyt", "Lähetä viesti: Lauri"),
        ("sv", "Skicka ett meddelande för Lauri Esimerkki", "Har personen just nu", "Skicka meddelandet för Lauri"),
        ("en", "Send a message for Lauri Esimerkki", "Do they have any of these", "Send the message for Lauri"),
    ],
)
def test_the_form_names_whom_it_is_for(language: str, heading: str, asked: str, button: str) -> None:
    services_stand()
    mother, child = family()
    browser, address = acting(mother, child), FORM.replace("/fi/", f"/{language}/")
    page = text_of(browser.get(address))
    assert f"<h1>{heading}</h1>" in page
    assert asked in page
    told = {"key": str(uuid4()), "what": "Kuume", "since": "week", "phone": "040 123 4567"}
    assert button in text_of(browser.post(address, told)), "looked through, it says once more whom it is for"
    own = text_of(signed_in(as_who(mother)).get(FORM.replace("/fi/", f"/{language}/")))
    assert "Lauri" not in own
    assert asked not in own


@pytest.mark.parametrize("key", ["contact", "correction_request", "log_question"])
def test_what_speaks_of_the_reader_has_words_for_another(key: str) -> None:
    for_another = questionnaires()[key].for_another()
    texts = [for_another.intro, *(text for item in for_another.items for text in (item.label, item.hint) if text)]
    texts += [option.label for item in for_another.items for option in item.options]
    spoken = [text.fi for text in texts if re.search(r"\b(sinulla|oireesi|tilanteesi|tiedoissasi|itseäni)\b", text.fi)]
    assert spoken == []


def test_the_log_of_another_does_not_speak_of_the_readers_data() -> None:
    mother, child = family()
    a_matter_of(child)
    signed_in(as_who(child)).get("/fi/own/")
    browser = acting(mother, child)
    for address in ("own/log/?by=all", "own/log/sheet/?by=all", "own/", "own/export/", "matters/", "own/correction/"):
        page = re.sub(r"<[^>]+>", " ", text_of(browser.get(f"/fi/{address}")))
        assert _TO_ONESELF.findall(page) == [], address
    log = text_of(browser.get("/fi/own/log/?by=all"))
    assert "Avasi asian." in log
    assert "Henkilöllä on asia yksikössä" in log


def test_one_reads_of_oneself_as_before() -> None:
    person = resident()
    a_matter_of(person)
    log = text_of(signed_in(as_who(person)).get("/fi/own/log/"))
    assert "Avasi asiasi." in log
    assert "Sinulla on asia yksikössä" in log


def test_every_ground_of_the_log_has_words_for_whoever_acts() -> None:
    spoken = [key for key, one in grounds().items() if _TO_ONESELF.search((one.explains_another or one.explains).fi)]
    assert spoken == []


def test_the_choice_says_whom_why_what_for_and_until_when() -> None:
    mother, _ = family()
    friend = resident(first_name="Aino", last_name="Ystävä")
    let_act(mother, friend, registers=("health",), valid_to=now().date() + timedelta(days=30))
    page = text_of(signed_in(as_who(mother)).get("/fi/acting/"))
    child = page.partition("<h2>Lauri Esimerkki</h2>")[2].partition("</section>")[0]
    other = page.partition("<h2>Aino Ystävä</h2>")[2].partition("</section>")[0]
    assert "Olet lapsen huoltaja" in child
    assert "väestötietojärjestelmästä" in child
    assert "4.5.2035 asti" in child  # the last day before he is of age
    assert "nähdä, kuka on katsonut tietoja" in child
    assert "Sinulla on valtuutus" in other
    assert "<li>lähettää viestejä</li><li>täyttää lomakkeita</li><li>seurata asioita</li>" in other
    assert "nähdä, kuka on katsonut tietoja" not in other
    assert " asti" in other
    assert "sosiaalihuolto" not in other


def test_who_acts_stands_beside_whom_they_act_for() -> None:
    mother, child = family()
    browser = acting(mother, child)
    for address in ("/fi/", "/fi/matters/", "/fi/own/", "/fi/own/details/", "/fi/nowhere/"):
        page = browser.get(address).content.decode()
        assert "Sinä, Maija Esimerkki, hoidat nyt toisen asioita: <strong>Lauri Esimerkki</strong>" in page, address
    assert "ottanut Maija Esimerkki" in text_of(browser.get("/fi/own/log/sheet/"))
