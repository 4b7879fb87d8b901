"""The queue register on its page: the order that stays, the file without names, asking, deciding, and joining."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import Who
from luotsi.domain.bookings.actions import waiting
from luotsi.domain.bookings.models import WaitingEntry
from luotsi.domain.people.models import Resident
from tests.factories import as_who, assessed, contact, resident, worker
from tests.factories.clients import signed_in
from tests.factories.times import OPEN_TO_ALL

pytestmark = pytest.mark.django_db
PAGE = "/fi/team/queue/"


def waits(person: Resident, *, days: int, **more: object) -> WaitingEntry:
    at = now() - timedelta(days=days)
    told = {"offering": OPEN_TO_ALL, "units": ["sotkamo"], "by": as_who(person)} | more
    return waiting.join(resident=person.id, key=uuid4(), at=at, **told)  # type: ignore[arg-type]


@pytest.fixture
def nurse() -> Who:
    return worker(name="Nelli Hoitava")


def shown(browser: Client, query: str = "") -> str:
    answer = browser.get(PAGE + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_matter_to_the_queue_with_the_limit_of_its_clock(nurse: Who) -> None:
    case, browser = assessed(contact(), nurse), signed_in(nurse)
    page = f"/fi/team/cases/{case.id}/waiting/"
    assert browser.get(page).status_code == 200
    sent = {"key": str(uuid4()), "offering": OPEN_TO_ALL, "units": ["sotkamo"], "why": "later", "urgency": "weeks"}
    for _ in range(2):  # the same form twice is once
        assert browser.post(page, sent).status_code == 302
    entry = WaitingEntry.objects.get()
    assert (entry.subject, entry.why, entry.made_by_id) == (case.id, "later", nurse.id)
    assert entry.due_at is not None
    told = shown(browser)
    for words in (case.resident.last_name, "Kontrolli myöhemmin", f"/fi/team/cases/{case.id}/"):
        assert words in told, words
    assert browser.post(page, sent | {"key": str(uuid4()), "units": ["suun-kuhmo"]}).status_code == 422


def test_the_order_stays_until_another_is_chosen(nurse: Who) -> None:
    browser = signed_in(nurse)
    waits(resident(), days=3, urgency="days"), waits(resident(), days=9)
    assert '<option value="turn" selected>' in shown(browser)
    shown(browser, "?sort=entered")
    assert '<option value="entered" selected>' in shown(browser)
    assert '<option value="turn" selected>' in shown(signed_in(nurse))
    assert '<option value="entered" selected>' in shown(browser, "?sort=nonsense&unit=other&offering=none")


def test_the_file_has_no_names_and_no_formula(nurse: Who) -> None:
    case = assessed(contact(resident(first_name="Salla", last_name="Salainen")), nurse)
    waits(case.resident, days=3, subject=case.id, by=nurse, why="no_times", urgency="weeks")
    answer = signed_in(nurse).get(f"{PAGE}queue.csv")
    told = answer.content.decode("utf-8-sig")
    assert answer["Content-Type"].startswith("text/csv")
    assert told.splitlines()[0].split(";")[:2] == ["Vuoro", "Mitä varten"]
    assert len(told.splitlines()) == 2
    assert "Aikoja ei ollut lainkaan" in told
    for secret in ("Salainen", str(case.resident_id), str(case.id)):
        assert secret not in told, secret


def test_asking_and_deciding_by_the_page(nurse: Who) -> None:
    browser, entry = signed_in(nurse), waits(resident(), days=90)
    assert browser.post(f"{PAGE}question/", {"days": "1"}).status_code == 422
    assert "Kysyttiin 1" in browser.post(f"{PAGE}question/", {"days": "60"}, follow=True).content.decode()
    decision = f"{PAGE}{entry.id}/decision/"
    assert "voi vielä vastata" in browser.post(decision, {"decision": "end"}, follow=True).content.decode()
    WaitingEntry.objects.filter(id=entry.id).update(asked_at=now() - timedelta(days=15))
    assert "Ei vastannut" in shown(browser)
    assert browser.post(decision, {"decision": "drop"}).status_code == 400
    browser.post(decision, {"decision": "end"})
    assert WaitingEntry.objects.get().closed_reason == "no_answer"
    assert "Kukaan ei odota" in shown(browser)
    assert signed_in(worker(unit="kuhmo")).post(decision, {"decision": "end"}).status_code == 404


def test_the_page_asks_as_much_for_many_as_for_few(nurse: Who, django_assert_max_num_queries: object) -> None:
    browser = signed_in(nurse)
    for number in range(12):
        waits(resident(), days=number + 1)
    with django_assert_max_num_queries(24):  # type: ignore[operator]
        shown(browser)
