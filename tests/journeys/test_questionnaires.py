"""Forms as they are filled: on a phone with a break, for a child, on a kiosk, by a link, with a nurse, on paper.

Each page is looked at by axe, on a phone's width and on a desk's.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from time import sleep
from uuid import uuid4

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Error, Page, Route, expect

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.catalogue.actions import loading as catalogue
from luotsi.domain.people import actions as people
from luotsi.domain.people.queries import resident_as_who
from luotsi.domain.questionnaires import actions as questionnaires
from luotsi.domain.questionnaires.models import Response
from luotsi.domain.questionnaires.queries import gathering
from tests.factories import as_who, contact, resident, worker
from tests.factories.clients import session_of
from tests.journeys.walk import look

pytestmark = [pytest.mark.journey, pytest.mark.slow]
WIDTHS = (360, 1280)


@pytest.fixture(autouse=True)
def _patience(transactional_db: None) -> Iterator[None]:
    catalogue.load_shelf(by=SYSTEM, at=now())
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


def signed_in(page: Page, server: str, who: Who) -> None:
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": server}])


def seen(page: Page, name: str) -> None:
    """The page at both widths."""
    size = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        look(page, f"{name}-{width}")
    page.set_viewport_size(size or {"width": 360, "height": 740})


def answer(page: Page) -> None:
    """Something to each question of the page, as somebody in a hurry answers."""
    for group in page.locator("#questions fieldset.field").all():
        box = group.locator("input[type=radio], input[type=checkbox]")
        if box.count() and not group.locator("input:checked").count():
            box.last.check()
    for kind, words in (("textarea", "Polvi on kipeä, kun kävelen."), ("input[type=text]", "2")):
        for field in page.locator(f"#questions {kind}").all():
            if not field.input_value():
                field.fill(words)
    for field in page.locator("#questions input[type=tel]").all():
        field.fill("040 123 4567")
    for field in page.locator("#questions input[type=date]").all():
        field.fill("2026-03-01")
    expect(page.locator(".htmx-request")).to_have_count(0)


def walk(page: Page, *, pages: int = 60, name: str = "") -> int:
    """Answer and go on until the review, or so many pages; the first is looked at. Answers how many."""
    for number in range(pages):
        if page.url.rstrip("/").endswith("review"):
            return number
        if number == 0 and name:
            seen(page, name)
        answer(page)
        with page.expect_navigation():
            page.get_by_role("button", name="Seuraava").click()
        assert not page.locator(".error-summary").count(), page.locator(".error-summary").inner_text()
    return pages


def _slowly(route: Route) -> None:
    sleep(1)
    route.continue_()


def sent(page: Page) -> None:
    page.get_by_role("button", name="Lähetä vastaukset").click()
    expect(page.get_by_role("heading", name="Kiitos vastauksistasi")).to_be_visible()


def test_a_resident_fills_a_need_form_on_the_phone_and_goes_on_at_a_computer(
    server: str, browser: Browser, phone: Page, desktop: Page
) -> None:
    me = as_who(resident())
    signed_in(phone, server, me)
    phone.goto(f"{server}/fi/questionnaires/")
    seen(phone, "forms")
    phone.goto(f"{server}/fi/questionnaires/need_health/")
    seen(phone, "form-start")
    phone.get_by_role("button", name="Aloita", exact=True).click()
    phone.get_by_role("button", name="Seuraava").click()
    expect(phone.locator(".error-summary")).to_be_visible()
    seen(phone, "form-error")
    walk(phone, pages=2, name="form-question")
    phone.get_by_role("button", name="Tallenna ja jatka myöhemmin").click()
    expect(phone.get_by_role("heading", name="Aloitettu, ei lähetetty")).to_be_visible()

    signed_in(desktop, server, me)
    desktop.goto(f"{server}/fi/questionnaires/need_health/")
    desktop.get_by_role("link", name="Jatka siitä, mihin jäit").click()
    desktop.get_by_role("button", name="Monta kysymystä sivulla").click()
    seen(desktop, "form-sections")
    walk(desktop)
    seen(desktop, "form-review")
    desktop.get_by_role("link", name="Muuta").first.click()
    desktop.get_by_role("button", name="Tallenna ja palaa tarkistukseen").click()
    sent(desktop)
    seen(desktop, "form-result")
    row = Response.objects.get(resident_id=me.id)
    assert row.completed_at is not None


def test_what_is_written_while_an_answer_is_on_its_way_stays(server: str, desktop: Page) -> None:
    """The network is slow, the writer is not: neither the words nor the next choice is taken back."""
    signed_in(desktop, server, as_who(resident()))
    desktop.goto(f"{server}/fi/questionnaires/need_health/")
    desktop.get_by_role("button", name="Aloita", exact=True).click()
    desktop.get_by_role("button", name="Monta kysymystä sivulla").click()
    desktop.route("**/responses/**", _slowly)
    desktop.locator("[name=q3]").last.check()
    expect(desktop.locator(".htmx-request")).to_have_count(1)
    desktop.locator("[name=q2]").fill("Polvi on kipeä.")
    desktop.locator("[name=q10]").last.check()
    expect(desktop.locator(".htmx-request")).to_have_count(1)
    expect(desktop.locator(".htmx-request")).to_have_count(0)
    expect(desktop.locator("[name=q2]")).to_have_value("Polvi on kipeä.")
    expect(desktop.locator("[name=q10]").last).to_be_checked()
    assert Response.objects.get().answers == {"what": "Polvi on kipeä.", "now": ["none"], "wish": "any"}


def test_a_parent_fills_a_form_for_a_child(server: str, phone: Page) -> None:
    acting = _parent()
    signed_in(phone, server, acting)
    phone.goto(f"{server}/fi/questionnaires/child_dental/")
    expect(phone.get_by_text("puolesta").first).to_be_visible()
    phone.get_by_role("button", name="Aloita", exact=True).click()
    walk(phone, name="form-for-child")
    sent(phone)
    row = Response.objects.get()
    assert (row.resident_id, row.acting_by_id) == (acting.acting_for, acting.id)


def test_feedback_on_a_kiosk_and_the_next_one_begins_anew(server: str, desktop: Page) -> None:
    start = _link("kiosk")
    desktop.goto(f"{server}{start}")
    seen(desktop, "kiosk-start")
    desktop.get_by_role("button", name="Aloita", exact=True).click()
    walk(desktop, name="kiosk-scale")
    sent(desktop)
    seen(desktop, "kiosk-thanks")
    expect(desktop.locator("[data-idle-url]")).to_have_attribute("data-idle-url", start)
    desktop.get_by_role("link", name="Valmis").click()
    expect(desktop.get_by_role("button", name="Aloita", exact=True)).to_be_visible()
    with suppress(Error):  # the browser has no copy to go back to
        desktop.go_back()
    expect(desktop.get_by_text("Kiitos vastauksistasi")).to_have_count(0)
    row = Response.objects.get()
    assert (row.is_anonymous, row.resident_id) == (True, None)


def test_a_link_on_a_phone_without_signing_in_and_without_script(server: str, browser: Browser) -> None:
    start = _link("link")
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="fi-FI")
    page = context.new_page()
    page.goto(f"{server}{start}")
    page.get_by_role("button", name="Aloita", exact=True).click()
    walk(page)
    sent(page)
    context.close()
    assert Response.objects.get().is_anonymous


def test_a_nurse_fills_an_instrument_with_the_resident(server: str, desktop: Page) -> None:
    nurse, case = (worker(), contact(resident()))
    signed_in(desktop, server, nurse)
    desktop.goto(f"{server}/fi/team/cases/{case.id}/")
    desktop.get_by_role("link", name="Täytä kysely yhdessä").click()
    seen(desktop, "filling-choice")
    desktop.get_by_role("link", name="PHQ-9: mieliala").first.click()
    desktop.get_by_role("button", name="Aloita", exact=True).click()
    expect(desktop.locator("#questions")).to_be_visible()
    walk(desktop, name="filling-question")
    expect(desktop.locator(".notice-danger").first).to_be_visible()
    seen(desktop, "filling-review")
    desktop.get_by_role("button", name="Lähetä vastaukset").click()
    expect(desktop.get_by_text("Vastaukset ovat asiassa.")).to_be_visible()
    row = Response.objects.get(questionnaire="phq9")
    assert (row.filled_by_id, row.subject) == (nurse.id, case.id)


def test_a_form_on_paper(server: str, desktop: Page) -> None:
    desktop.goto(f"{server}/fi/questionnaires/phq9/paper/")
    seen(desktop, "paper")
    with desktop.expect_download() as loaded:
        desktop.get_by_role("link", name="PDF").click()
    assert loaded.value.suggested_filename == "phq9-fi.pdf"


def _parent() -> Who:
    parent, child = resident(), resident(born=now().date() - timedelta(days=3_000), first_name="Lapsi")
    people.give_mandate(
        principal=child.id, agent=parent.id, kind="guardian", registers=["health", "social", "none"],
        source="population_register", by=worker(), at=now(),
    )  # fmt: skip
    acting = resident_as_who(parent.id, acting_for=child.id)
    assert acting is not None
    return acting


def _link(mode: str) -> str:
    collection = questionnaires.open_collection(
        questionnaire="feedback_reception", name="Aula", mode=mode, unit="sotkamo", key=uuid4(),
        by=worker("unit-manager"), at=now(),
    )  # fmt: skip
    return f"/fi/answers/{gathering.token_of(collection.id)}/"


def test_a_service_leads_to_its_form_and_a_sign_of_danger_reaches_people(phone: Page, server: str) -> None:
    person = resident()
    phone.goto(f"{server}/fi/services/older-oral-check/")
    expect(phone.get_by_role("heading", name="Kerro etukäteen")).to_be_visible()
    seen(phone, "forms-of-a-service")
    signed_in(phone, server, as_who(person))
    phone.goto(f"{server}/fi/services/contraception/")
    phone.locator("a[href='/fi/questionnaires/contraception/']").click()
    expect(phone.get_by_text("Vain sinä vastaat tähän lomakkeeseen")).to_be_visible()
    seen(phone, "form-for-oneself-alone")
    phone.goto(f"{server}/fi/questionnaires/phq9/")
    phone.get_by_role("button", name="Aloita").click()
    walk(phone)
    seen(phone, "danger-before-sending")
    phone.get_by_role("button", name="Lähetä vastaukset").click()
    expect(phone.get_by_text("ammattilainen näkee vastauksesi")).to_be_visible()
    seen(phone, "danger-after-sending")


def test_a_guardian_reads_why_a_form_is_not_theirs_and_a_nurse_finds_the_matter_s_own_first(
    phone: Page, desktop: Page, server: str
) -> None:
    mother, child, nurse = resident(), resident(born=now().date().replace(year=2012, day=1)), worker()
    people.give_mandate(
        principal=child.id, agent=mother.id, kind="guardian", registers=["health"], source="document", by=nurse,
        at=now(),
    )  # fmt: skip
    guardian = resident_as_who(mother.id, acting_for=child.id)
    assert guardian is not None
    signed_in(phone, server, guardian)
    phone.goto(f"{server}/fi/questionnaires/contraception/")
    expect(phone.get_by_text("ei huoltajakaan")).to_be_visible()
    seen(phone, "form-of-the-young-alone")
    case = contact(child)
    signed_in(desktop, server, nurse)
    desktop.goto(f"{server}/fi/team/cases/{case.id}/")
    expect(desktop.get_by_role("heading", name="Tähän asiaan sopivat lomakkeet")).to_be_visible()
    seen(desktop, "forms-of-a-matter")
    desktop.goto(f"{server}/fi/team/cases/{case.id}/filling/")
    seen(desktop, "forms-of-a-matter-first")
