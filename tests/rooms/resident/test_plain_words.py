"""The resident's pages in plain words: nothing of tables and rows, and what holds is said before it is asked."""

import re
from datetime import timedelta
from typing import Any

import pytest

from luotsi.base.now import now
from luotsi.domain.clocks.definitions import clock_rule
from luotsi.domain.people.definitions import consent_purposes
from tests.factories import as_who, assessed, contact, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.resident.people import looked, text_of

pytestmark = pytest.mark.django_db
# Words of those who build and rule, not of a person of 19 or 78.
OURS = {
    "fi": r"\b(rivi\w*|rajau\w*|loki\w*|lokin|suorit\w*|toimesta|kyseis\w*|rekisteröi\w*|tapahtumatie\w*)\b",
    "sv": r"\b(rad|rader|raden|logg|loggen|avgränsning\w*|berörda|gällande|erhåll\w*)\b",
    "en": r"\b(rows?|record set|log entr\w*|aforementioned)\b",
}
PAGES = ("own/", "own/details/", "own/consents/", "own/log/", "own/log/?days=30&by=outside", "own/export/")
PAGES += ("own/correction/", "acting/", "matters/", "own/log/sheet/")


def words_of(answer: Any) -> str:
    return re.sub(r"<[^>]+>", " ", text_of(answer))


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_word_of_ours_stands_on_a_page_of_theirs(language: str) -> None:
    person = resident()
    case = contact(person, at=now() - timedelta(hours=3))
    looked(case, worker())
    browser = signed_in(as_who(person))
    for page in (*PAGES, f"matters/{case.id}/"):
        found = re.findall(OURS[language], words_of(browser.get(f"/{language}/{page}")), re.IGNORECASE)
        assert found == [], f"/{language}/{page}"
    older = words_of(browser.post(f"/{language}/own/log/older/", {"reason": ""}))
    assert re.findall(OURS[language], older, re.IGNORECASE) == []


def test_a_word_of_ours_is_noticed() -> None:
    assert re.findall(OURS["fi"], "Lokissa ei ole mitään tällä rajauksella.", re.IGNORECASE) == [
        "Lokissa",
        "rajauksella",
    ]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_holds_stands_there_before_one_has_answered(language: str) -> None:
    person = resident()
    browser = signed_in(as_who(person))
    page = text_of(browser.get(f"/{language}/own/consents/"))
    for purpose in consent_purposes().values():
        assert purpose.unanswered.in_language(language) in page
    browser.post(f"/{language}/own/consents/notices-by-mail/", {"answer": "no"})
    told = consent_purposes()["notices-by-mail"].unanswered.in_language(language)
    assert told not in text_of(browser.get(f"/{language}/own/consents/"))


def test_after_a_change_the_reader_is_where_it_is_said() -> None:
    """The notice takes the focus, and the address has no fragment that would take it elsewhere."""
    browser = signed_in(as_who(resident()))
    answer = browser.post("/fi/own/consents/notices-by-mail/", {"answer": "no"})
    assert "#" not in answer["Location"]
    page = text_of(browser.get(answer["Location"]))
    assert page.count(" autofocus") == 1
    assert re.search(r'role="status" tabindex="-1" autofocus>.{0,400}Tallennettu', page, re.DOTALL)
    undone = text_of(browser.post("/fi/own/consents/notices-by-mail/", {"answer": "", "undo": "1"}, follow=True))
    assert re.search(r'role="status" tabindex="-1" autofocus>.{0,400}Palautimme', undone, re.DOTALL)


def test_saving_the_details_puts_the_reader_at_the_message() -> None:
    person = resident()
    saved = signed_in(as_who(person)).post("/fi/own/details/", {"language": "fi", "phone": "040 765 4321"}, follow=True)
    assert re.search(r"autofocus>.{0,400}Tietosi on tallennettu", text_of(saved), re.DOTALL)


def test_a_limit_that_nobody_compared_with_the_law_says_what_that_means() -> None:
    person, nurse = resident(), worker()
    case = contact(person, at=now() - timedelta(hours=3))
    assessed(case, nurse)
    page = text_of(signed_in(as_who(person)).get(f"/fi/matters/{case.id}/"))
    rules = set(re.findall(r"/fi/clocks/([^/\"]+)/", page))
    assert rules
    unverified = [rule for rule in rules if not clock_rule(rule).verified]
    assert page.count("sääntöä ei ole vielä verrattu lakiin") == page.count("Juristi ei ole vielä verrannut")
    assert page.count("Juristi ei ole vielä verrannut") == len(unverified) > 0
