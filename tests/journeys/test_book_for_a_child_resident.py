"""A mother signs in by Suomi.fi, books for her child and reads who has looked at his data.

Given a real identity provider in a process of its own and a mother who is her son's guardian; when she signs in, acts
for him, sends a message and takes the time that a nurse offers; then his log says in plain words that the nurse opened
his matter, and that his mother acted for him. Every page is looked at by axe, on a phone, in light and in dark.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.cases.models import Case
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Resident
from tests.factories import assessed, offered, resident, state_of_booking, worker
from tests.journeys.test_sign_in_resident import luotsi, when_identified_as
from tests.journeys.walk import look, then_page_is_accessible
from tests.peers.saml_idp import PEOPLE
from tests.rooms.resident.people import let_act, looked

__all__ = ["luotsi"]
pytestmark = [pytest.mark.journey, pytest.mark.slow]
SON = "Veikko Esimerkki"


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """Two processes sign and read messages here; a busy machine may need longer than five seconds for one."""
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def son(transactional_db: None) -> Resident:
    """The child of Aino, whom the identity provider knows."""
    catalogue.load_shelf(by=SYSTEM, at=now())
    given, _, last, code = PEOPLE["aino"]
    mother = people.identify(identity_code=code, first_name=given, last_name=last, at=now(), source="suomi.fi")
    born = date(today().year - 9, 5, 5)
    child = resident(born, first_name="Veikko", last_name="Esimerkki")
    let_act(mother, child, kind="guardian", source="population_register")
    return child


@pytest.fixture
def nurse(transactional_db: None) -> Who:
    return worker(name="Nelli Hoitava")


def test_a_mother_signs_in_by_suomi_fi_books_for_her_child_and_reads_his_log(
    luotsi: str, phone: Page, son: Resident, nurse: Who
) -> None:
    given_a_mother_signed_in_by_suomi_fi(phone, luotsi)
    when_she_chooses_to_act_for_her_son(phone, luotsi)
    case = when_she_sends_a_message_for_him(phone, luotsi, son)
    booking = when_a_nurse_reads_it_and_offers_a_time(case, nurse)
    when_she_takes_the_time_for_him(phone, booking)
    then_his_log_says_who_looked_in_plain_words(phone, luotsi, son, nurse)
    then_she_goes_back_to_her_own_matters(phone)


def given_a_mother_signed_in_by_suomi_fi(page: Page, address: str) -> None:
    page.goto(f"{address}/fi/acting/")
    expect(page).to_have_url(f"{address}/fi/session/?next=%2Ffi%2Facting%2F")
    look(page, "book-for-child-1-sign-in")
    when_identified_as(page, "Aino Esimerkki")
    expect(page).to_have_url(f"{address}/fi/acting/")
    expect(page.get_by_role("banner")).to_contain_text("Aino Esimerkki")


def when_she_chooses_to_act_for_her_son(page: Page, address: str) -> None:
    card = page.locator("main section", has=page.get_by_role("heading", name=SON))
    for told in ("Olet lapsen huoltaja", "vastata aikoihin", f"4.5.{today().year + 9} asti"):
        expect(card).to_contain_text(told)
    look(page, "book-for-child-2-choose")
    card.get_by_role("button").click()
    expect(page).to_have_url(f"{address}/fi/matters/")
    then_it_is_said_who_acts_for_whom(page)
    expect(page.locator(":focus")).to_contain_text("Hoidat nyt toisen asioita")
    look(page, "book-for-child-3-his-matters")


def then_it_is_said_who_acts_for_whom(page: Page) -> None:
    band = page.get_by_role("region", name="Kenen puolesta asioit")
    expect(band).to_contain_text("Sinä, Aino Esimerkki, hoidat nyt toisen asioita: Veikko Esimerkki")


def when_she_sends_a_message_for_him(page: Page, address: str, son: Resident) -> Case:
    page.goto(f"{address}/fi/services/nurse-reception/")
    page.locator("main").get_by_role("link", name="Lähetä viesti").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Lähetä viesti toisen puolesta: {SON}")
    expect(page.get_by_text("Onko hänellä juuri nyt jokin näistä?")).to_be_visible()
    then_it_is_said_who_acts_for_whom(page)
    look(page, "book-for-child-4-form")
    page.locator("[name=what]").fill("Poika kaatui pyörällä, ja polvi on yhä turvonnut.")
    page.locator("[name=since][value=week]").check()
    page.locator("[name=phone]").fill("040 123 4567")
    page.get_by_role("button", name="Tarkista ja lähetä").click()
    page.get_by_role("button", name=f"Lähetä viesti: {SON}").click()
    expect(page).to_have_url(re.compile(r"/fi/matters/[0-9a-f-]{36}/$"))
    look(page, "book-for-child-5-sent")
    case = Case.objects.get()
    assert (case.resident_id, case.contact.sent_by.last_name) == (son.id, "Esimerkki")
    assert case.contact.sent_by_id != son.id
    return case


def when_a_nurse_reads_it_and_offers_a_time(case: Case, nurse: Who) -> UUID:
    """Through her own pages where she looks; what she decides is done by the nouns' own actions."""
    looked(case, nurse)
    assessed(case, nurse, at=now())
    return offered(case, nurse, starts_at=now() + timedelta(days=2), at=now())


def when_she_takes_the_time_for_him(page: Page, booking: UUID) -> None:
    page.reload()
    expect(page.get_by_role("heading", name=f"Tarjottu aika: {SON}")).to_be_visible()
    then_it_is_said_who_acts_for_whom(page)
    look(page, "book-for-child-6-offer")
    page.get_by_role("button", name="Otan tämän ajan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Varattu aika: {SON}")).to_be_visible()
    expect(page.locator(":focus")).to_contain_text("Aika on varattu.")
    look(page, "book-for-child-7-booked")
    assert state_of_booking(booking) == "made"


def then_his_log_says_who_looked_in_plain_words(page: Page, address: str, son: Resident, nurse: Who) -> None:
    page.get_by_role("navigation", name="Päävalikko").get_by_role("link", name="Kuka on katsonut").click()
    expect(page).to_have_url(f"{address}/fi/own/log/")
    line = page.locator(".definition", has_text="Nelli Hoitava").filter(has_text="Avasi asian.").first
    expect(line).to_contain_text("Sairaanhoitaja Nelli Hoitava, Sotkamon terveysasema")
    expect(line).to_contain_text("Henkilöllä on asia yksikössä, jossa työntekijä työskentelee.")
    assert not re.search(r"\brivi|rajau|tietojasi|asiasi\b", page.inner_text("main"), re.IGNORECASE)
    look(page, "book-for-child-8-log")
    page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(500)  # the colours fade over
    then_page_is_accessible(page)
    page.emulate_media(color_scheme="light")
    acted = Use.objects.filter(resident=son.id, acting_for=son.id, actor_kind="resident")
    assert set(acted.values_list("ground", flat=True)) == {"guardian"}
    assert Use.objects.filter(resident=son.id, actor_id=nurse.id, action="case.read").exists()


def then_she_goes_back_to_her_own_matters(page: Page) -> None:
    page.get_by_role("button", name="Palaa omiin asioihisi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Omat asiat")
    expect(page.get_by_role("region", name="Kenen puolesta asioit")).to_have_count(0)
    look(page, "book-for-child-9-own-again")
