"""A form of the county's own, from a copy to its second version; what a resident answered is still read as it was.

Given the reception feedback of the shelf, when an editor copies it, adds a question, writes it in three languages,
tries it and holds it ready, a second person puts it to use; a resident answers it; when version 2 is in use, the
resident's answer is still read by version 1. Each page is looked at by axe, on a phone's width and on a desk's.
"""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.questionnaires.models import Form, Response
from luotsi.domain.questionnaires.queries import forms
from tests.factories import as_who, resident, worker
from tests.factories.clients import session_of
from tests.journeys.test_questionnaires import seen, sent, walk

pytestmark = [pytest.mark.journey, pytest.mark.slow]
KEY = "palaute_vastaanotosta_kopio"


@pytest.fixture(autouse=True)
def _patience(transactional_db: None) -> Iterator[None]:
    catalogue.load_shelf(by=SYSTEM, at=now())
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


def screen(browser: Browser, server: str, who: Who) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="fi-FI", base_url=server)
    context.set_default_timeout(60_000)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session_of(who), "url": server}])
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"the page's script failed: {error}"))
    return page


def test_a_form_of_the_countys_own_from_a_copy_to_its_second_version(server: str, browser: Browser) -> None:
    editor = screen(browser, server, worker("programme-coordinator", "kehittaminen", name="Erja Editoija"))
    manager = screen(browser, server, worker("service-manager", "kehittaminen", name="Maija Päällikkö"))
    me = as_who(resident())
    mine = screen(browser, server, me)

    when_the_editor_copies_the_reception_feedback(editor)
    when_she_adds_a_question(editor, "Löysitkö helposti perille?", look=True)
    then_the_preview_lives(editor)
    when_she_makes_it_a_form_for_residents(editor)
    when_she_writes_what_is_missing(editor, "Hittade du lätt fram?", "Was it easy to find the way?", look=True)
    when_she_tries_it_and_keeps_an_example(editor)
    when_two_people_put_it_to_use(editor, manager, "Oma palaute vastaanotolle", look=True)
    when_the_resident_answers(mine)

    editor.goto(f"/fi/boards/forms/{KEY}/")
    seen(editor, "form-in-use")
    editor.get_by_role("button", name="Tee seuraava versio").click()
    when_she_adds_a_question(editor, "Oliko odotustila rauhallinen?")
    when_she_writes_what_is_missing(editor, "Var väntrummet lugnt?", "Was the waiting room calm?")
    when_two_people_put_it_to_use(editor, manager, "Kysymme myös odotustilasta")

    then_the_first_answer_is_read_by_version_1(mine)
    mine.goto(f"/fi/questionnaires/{KEY}/")
    expect(mine.locator("h1")).to_contain_text("Palaute vastaanotosta (kopio)")
    assert forms.definition(KEY).version == 2


def when_the_editor_copies_the_reception_feedback(page: Page) -> None:
    page.goto("/fi/boards/forms/")
    seen(page, "forms")
    page.get_by_role("link", name="Palaute vastaanotosta", exact=True).click()
    seen(page, "form-of-the-shelf")
    page.get_by_role("button", name="Tee oma kopio").click()
    expect(page.locator("h1")).to_have_text("Palaute vastaanotosta (kopio)")
    seen(page, "form-draft")


def when_she_adds_a_question(page: Page, words: str, *, look: bool = False) -> None:
    page.locator("main select[name=type]").select_option("yes_no")
    page.locator("main input[name=label-fi]").fill(words)
    page.get_by_role("button", name="Lisää", exact=True).click()
    expect(page.locator("main h2").first).to_contain_text(words)
    if look:
        page.locator("details summary").click()
        seen(page, "form-question")


def then_the_preview_lives(page: Page) -> None:
    """What is typed is seen before it is saved; a step by the keyboard keeps the place of whoever takes it."""
    page.locator("textarea[name=label-fi]").fill("Löysitkö vastaanotolle helposti?")
    expect(page.locator("#preview")).to_contain_text("Löysitkö vastaanotolle helposti?")
    page.get_by_role("button", name="Tallenna", exact=True).click()
    up = page.locator("button[id^='up-loysitko']")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#draft tbody tr").nth(7)).to_contain_text("Löysitkö vastaanotolle helposti?")
    expect(up).to_be_focused()


def when_she_makes_it_a_form_for_residents(page: Page) -> None:
    page.get_by_role("link", name="Perustiedot ja johdanto").click()
    seen(page, "form-facts")
    page.locator("select[name=audience]").select_option("resident")
    page.locator("input[name=is_anonymous]").uncheck()
    page.get_by_role("button", name="Tallenna", exact=True).click()
    expect(page.locator("main")).to_contain_text("Tallennettu")


def when_she_writes_what_is_missing(page: Page, sv: str, en: str, *, look: bool = False) -> None:
    page.get_by_role("link", name="Kolme kieltä").click()
    page.get_by_role("link", name="Näytä vain ne").click()
    if look:
        seen(page, "form-translation")
    page.locator("main textarea[lang=sv]").fill(sv)
    page.locator("main textarea[lang=en]").fill(en)
    page.get_by_role("button", name="Tallenna", exact=True).click()
    expect(page.locator("main")).to_contain_text("Kaikki tekstit on kirjoitettu kaikilla kolmella kielellä")


def when_she_tries_it_and_keeps_an_example(page: Page) -> None:
    for part in ("Pisteet", "Mitä seuraa", "Vaara"):
        page.locator(".tabs").get_by_role("link", name=part).click()
        seen(page, f"form-{part}")
    page.goto(page.url.replace("dangers/", "parts/scores/?key=experience"))
    seen(page, "form-score")
    page.goto(page.url.replace("parts/scores/?key=experience", "parts/outcomes/?key=weak"))
    seen(page, "form-outcome")
    page.locator(".tabs").get_by_role("link", name="Kokeile").click()
    for name, value in {"q1": "9", "q2": "4", "q3": "4", "q4": "4"}.items():
        page.locator(f"#preview input[name={name}][value='{value}']").check()
    expect(page.locator("#preview")).to_contain_text("100 – Hyvä")
    seen(page, "form-trial")
    page.get_by_label("Mitä esimerkki näyttää").fill("Perille löytyi")
    page.get_by_role("button", name="Säilytä esimerkkinä").click()
    expect(page.locator("#examples")).to_contain_text("Perille löytyi")


def when_two_people_put_it_to_use(editor: Page, manager: Page, note: str, *, look: bool = False) -> None:
    editor.locator(".tabs").get_by_role("link", name="Tarkista ja ota käyttöön").click()
    address = editor.url
    if look:
        seen(editor, "form-checks")
    editor.locator("textarea[name=note]").fill(note)
    editor.get_by_role("button", name="Esitä käyttöön otettavaksi").click()
    expect(editor.locator("main")).to_contain_text("Joku toinen ottaa sen käyttöön")
    editor.goto(address)
    expect(editor.get_by_role("button", name="Ota käyttöön", exact=True)).to_have_count(0)
    manager.goto(address)
    expect(manager.locator("blockquote")).to_have_text(note)
    if look:
        seen(manager, "form-proposed")
    manager.get_by_role("button", name="Ota käyttöön", exact=True).click()
    expect(manager.locator("main")).to_contain_text("Lomake on käytössä")


def when_the_resident_answers(page: Page) -> None:
    page.goto(f"/fi/questionnaires/{KEY}/")
    page.locator("main form button").first.click()
    walk(page)
    sent(page)
    row = Response.objects.get(questionnaire=KEY)
    assert row.version == 1


def then_the_first_answer_is_read_by_version_1(page: Page) -> None:
    assert list(Form.objects.filter(key=KEY, retired_at=None).values_list("version", flat=True)) == [2]
    row = Response.objects.get(questionnaire=KEY)
    page.goto(f"/fi/responses/{row.id}/result/")
    page.locator("details summary").click()
    expect(page.locator("main")).to_contain_text("Löysitkö vastaanotolle helposti?")
    expect(page.locator("main")).not_to_contain_text("Oliko odotustila rauhallinen?")
    seen(page, "form-first-answer")
