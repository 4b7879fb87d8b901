"""The team's list: what waits, until when, in the worker's own order, and alive while others act."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from luotsi.base.who import Who
from luotsi.config.models import Session
from luotsi.domain.cases import actions as cases
from luotsi.domain.events.models import Use
from tests.factories import MORNING, as_who, assessed, contact, offered, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.team.conftest import NOON

pytestmark = pytest.mark.django_db
LIST = "/fi/team/"
HTMX = {"HX-Request": "true"}
VISIT = MORNING + timedelta(days=3)


def text(response: Any) -> str:
    return unescape(response.content.decode())


def names_in_order(response: Any, *names: str) -> list[str]:
    body = text(response)
    return sorted((name for name in names if name in body), key=body.index)


# The look: what is set and put back around it (three, and a savepoint, inside a test's transaction) and one insert of
# the usage log. After the answer the watch of the log reads staff, residents and rows (three).
LOOK = 9


def queries_of(client: Client, address: str) -> int:
    """How many questions the page asks the database when it is opened again, the look around it included."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
        return len(asked)


def test_the_list_shows_who_waits_for_what_and_until_when(nurse: Who) -> None:
    contact(resident(last_name="Mäkinen", first_name="Aino"))
    body = text(signed_in(nurse).get(LIST))
    assert "Mäkinen Aino" in body
    assert "Sotkamon terveysasema" in body
    assert "36 v" in body  # born 1990
    assert "ma 2.3.2026" in body  # the contact must be answered the same day
    assert "Arvioi tarve" in body


def test_an_empty_list_says_so_and_what_happens_next(nurse: Who) -> None:
    assert "Kukaan ei odota" in text(signed_in(nurse).get(LIST))


def test_a_told_danger_sign_is_marked(nurse: Who) -> None:
    contact(resident(last_name="Turvassa"))
    client = signed_in(nurse)
    assert "Kertoi vaaran merkistä" not in text(client.get(LIST))
    contact(resident(last_name="Vaarassa"), now=["chest_pain"])
    assert text(client.get(LIST)).count("Kertoi vaaran merkistä") == 1


def test_each_tab_tells_its_count_and_shows_its_own(nurse: Who) -> None:
    contact(resident(last_name="Uunio"))
    waiting = contact(resident(last_name="Odottava"))
    assessed(waiting, nurse)
    urgent = contact(resident(last_name="Pikainen"))
    assessed(urgent, nurse, outcome="urgent")
    client = signed_in(nurse)
    assert names_in_order(client.get(f"{LIST}?view=new"), "Uunio", "Odottava", "Pikainen") == ["Uunio"]
    shown = names_in_order(client.get(f"{LIST}?view=assessed&sort=name"), "Uunio", "Odottava", "Pikainen")
    assert shown == ["Odottava", "Pikainen"]
    counts = [tab[3] for tab in client.get(LIST).context["tabs"]]
    assert counts == [3, 1, 2, 0, 0, 0]


def test_the_order_stays_when_one_comes_back(nurse: Who) -> None:
    contact(resident(last_name="Aalto"))
    contact(resident(last_name="Ylinen"))
    client = signed_in(nurse)
    assert names_in_order(client.get(f"{LIST}?sort=-name"), "Aalto", "Ylinen") == ["Ylinen", "Aalto"]
    assert names_in_order(client.get(LIST), "Aalto", "Ylinen") == ["Ylinen", "Aalto"]
    assert names_in_order(client.get(f"{LIST}?sort=name"), "Aalto", "Ylinen") == ["Aalto", "Ylinen"]


def test_what_is_due_first_stands_first(nurse: Who) -> None:
    adult, young = resident(last_name="Aikuinen"), resident(born=date(2006, 5, 1), last_name="Nuori")
    for person in (adult, young):
        assessed(contact(person), nurse)
    client = signed_in(nurse)
    assert names_in_order(client.get(LIST), "Aikuinen", "Nuori") == ["Nuori", "Aikuinen"]
    assert names_in_order(client.get(f"{LIST}?sort=-due"), "Aikuinen", "Nuori") == ["Aikuinen", "Nuori"]


def test_a_name_is_looked_for_without_standing_in_an_address(nurse: Who) -> None:
    contact(resident(last_name="Korhonen"))
    contact(resident(last_name="Virtanen"))
    client = signed_in(nurse)
    found = client.post(LIST, {"words": "korho"}, follow=True)
    assert names_in_order(found, "Korhonen Testi", "Virtanen Testi") == ["Korhonen Testi"]
    assert found.redirect_chain == [(LIST, 302)]
    assert "korho" not in "".join(url for _, url, _, _ in found.context["tabs"])
    assert names_in_order(client.get(LIST), "Virtanen Testi") == []  # still narrowed when one comes back
    cleared = client.post(LIST, {"words": "korho", "clear": "1"}, follow=True)
    assert set(names_in_order(cleared, "Korhonen Testi", "Virtanen Testi")) == {"Korhonen Testi", "Virtanen Testi"}


def test_words_that_fit_nobody_say_how_to_go_on(nurse: Who) -> None:
    contact()
    assert "ei sovi" in text(signed_in(nurse).post(LIST, {"words": "zzz"}, follow=True))


def test_a_worker_of_two_units_chooses_between_them(nurse: Who) -> None:
    from luotsi.domain.organisation import actions as organisation

    organisation.employ(
        id=nurse.id, name=nurse.name, unit="kuhmo", role="nurse", since=date(2020, 1, 1), by=nurse, at=MORNING
    )
    contact(resident(last_name="Sotkamolainen"))
    contact(resident(last_name="Kuhmolainen"), unit="kuhmo")
    client = signed_in(nurse)
    both = ["Kuhmolainen Testi", "Sotkamolainen Testi"]
    assert names_in_order(client.get(f"{LIST}?sort=name"), *both) == both
    assert names_in_order(client.post(LIST, {"unit": "kuhmo"}, follow=True), *both) == both[:1]
    foreign = client.post(LIST, {"unit": "suomussalmi"}, follow=True)
    assert names_in_order(foreign, *both) == both  # a unit that is not one's own narrows nothing


@pytest.mark.parametrize(
    "query",
    ["view=zzz", "sort=resident__identity_code", "page=zzz", "page=99999999999999999999", "page=-1", "sort=%00"],
)
def test_an_address_that_makes_no_sense_shows_the_list(nurse: Who, query: str) -> None:
    contact(resident(last_name="Mäkinen"))
    response = signed_in(nurse).get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert "Mäkinen" in text(response)


def test_ten_thousand_characters_in_the_name_field_are_no_error(nurse: Who) -> None:
    assert signed_in(nurse).post(LIST, {"words": "x" * 10_000, "unit": "\x00"}, follow=True).status_code == 200


def test_twenty_five_stand_on_a_page(nurse: Who) -> None:
    for number in range(27):
        contact(resident(last_name=f"Asukas{number:02}"))
    client = signed_in(nurse)
    first = client.get(f"{LIST}?sort=name")
    assert ("Asukas24" in text(first), "Asukas25" in text(first)) == (True, False)
    assert "Asukas26" in text(client.get(f"{LIST}?sort=name&page=2"))


def test_the_list_takes_as_many_queries_for_twenty_four_as_for_three(nurse: Who) -> None:
    client = signed_in(nurse)
    for number in range(3):
        offered(assessed(contact(), nurse), nurse, starts_at=VISIT + timedelta(hours=number))
    few = queries_of(client, LIST)
    for number in range(3, 24):
        offered(assessed(contact(), nurse), nurse, starts_at=VISIT + timedelta(hours=number))
    assert queries_of(client, LIST) == few
    assert few <= 14 + LOOK  # nothing is remembered where something was written: three ask whether it may be


def test_a_refresh_answers_the_list_alone_and_says_when(nurse: Who) -> None:
    contact(resident(last_name="Mäkinen"))
    body = text(signed_in(nurse).get(LIST, headers=HTMX))
    assert "Mäkinen" in body
    assert "<h1" not in body
    assert "Lista päivitettiin klo 12.10." in body


def test_a_refresh_of_an_unchanged_list_answers_nothing(nurse: Who) -> None:
    contact()
    client = signed_in(nurse)
    seen = client.get(LIST).context["seen"]
    assert client.get(LIST, headers=HTMX | {"X-Seen": seen}).status_code == 204
    contact()
    changed = client.get(LIST, headers=HTMX | {"X-Seen": seen})
    assert changed.status_code == 200
    assert seen not in text(changed)  # the page that got this list asks with a new mark


def test_a_refresh_that_sends_nothing_writes_nothing_in_the_log_and_keeps_no_session_alive(nurse: Who) -> None:
    contact(resident(last_name="Mäkinen"))
    client = signed_in(nurse)
    seen = client.get(LIST).context["seen"]
    body = text(client.get(LIST))
    assert '"X-Luotsi-Passive": "1"' in body
    rows, session = Use.objects.count(), Session.objects.get().seen_at
    with time_machine.travel(NOON + timedelta(minutes=5), tick=False):
        passive = HTMX | {"X-Seen": seen, "X-Luotsi-Passive": "1"}
        with CaptureQueriesContext(connection) as asked:
            assert client.get(LIST, headers=passive).status_code == 204
    assert len(asked) <= 6 + LOOK  # as above
    assert Use.objects.count() == rows
    assert Session.objects.get().seen_at == session
    assert client.get(LIST, headers=HTMX).status_code == 200
    assert Use.objects.count() == rows + 1


def test_a_refresh_keeps_the_part_and_the_order_of_its_own_tab(nurse: Who) -> None:
    """Two tabs of one worker: the one that refreshes by itself does not change what the other comes back to."""
    contact()
    client = signed_in(nurse)
    address = client.get(f"{LIST}?view=new&sort=name").context["address"]
    client.get(f"{LIST}?view=all&sort=-due")
    assert unescape(address) in text(client.get(address, headers=HTMX))
    assert client.get(LIST).context["choices"].sort == "-due"


def test_the_next_case_is_the_one_below_on_the_list_that_was_seen(nurse: Who) -> None:
    people = [resident(last_name=name) for name in ("Aalto", "Berg", "Ceder")]
    first, second, third = [contact(person) for person in people]
    client = signed_in(nurse)
    client.get(f"{LIST}?view=new&sort=name")
    assert client.get(f"/fi/team/cases/{first.id}/following/").url == f"/fi/team/cases/{second.id}/"
    assessed(second, nurse)  # it has left the tab
    assert client.get(f"/fi/team/cases/{first.id}/following/").url == f"/fi/team/cases/{third.id}/"
    last = client.get(f"/fi/team/cases/{third.id}/following/", follow=True)
    assert last.redirect_chain == [(LIST, 302)]
    assert "viimeinen" in text(last)


def test_a_booked_case_tells_its_time(nurse: Who) -> None:
    person = resident()
    case = contact(person)
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=VISIT)
    client = signed_in(nurse)
    assert "to 5.3.2026 klo 9.10" in text(client.get(LIST))
    cases.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(person), at=MORNING + timedelta(hours=2))
    assert "Varattu</span>" in text(client.get(LIST))


def test_a_nurse_of_another_unit_sees_nothing_of_it(nurse: Who) -> None:
    contact(resident(last_name="Mäkinen"))
    assert "Mäkinen" not in text(signed_in(worker(unit="kuhmo")).get(LIST))


def test_a_visitor_is_shown_the_way_to_sign_in() -> None:
    assert Client().get(LIST).url == "/fi/session/?next=%2Ffi%2Fteam%2F"


@pytest.mark.parametrize("role", ["provider-worker", "programme-coordinator", "county-administrator"])
def test_a_role_without_the_list_does_not_get_in(role: str) -> None:
    assert signed_in(worker(role=role)).get(LIST).status_code == 403


def test_a_resident_does_not_get_in() -> None:
    assert signed_in(as_who(resident())).get(LIST).status_code == 403


def test_a_manager_sees_the_list_and_no_way_into_a_case(nurse: Who) -> None:
    case = contact(resident(last_name="Mäkinen"))
    manager = signed_in(worker(role="unit-manager"))
    body = text(manager.get(LIST))
    assert "Mäkinen" in body
    assert f"/cases/{case.id}/" not in body, "neither the name nor the date leads where the manager may not go"
    assert manager.get(f"/fi/team/cases/{case.id}/").status_code == 403


@pytest.mark.parametrize("language, words", [("sv", "Arbetslista"), ("en", "Worklist")])
def test_the_list_speaks_the_language_of_its_address(nurse: Who, language: str, words: str) -> None:
    assert words in text(signed_in(nurse).get(f"/{language}/team/"))


def test_a_list_left_open_after_signing_out_asks_for_the_whole_page_again() -> None:
    """Otherwise the sign-in page would stand inside the list."""
    response = Client().get(LIST, headers=HTMX)
    assert response.status_code == 401
    assert response["HX-Refresh"] == "true"
