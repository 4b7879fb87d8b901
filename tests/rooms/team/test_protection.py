"""A protection order: whatever tells where the person is found is hidden everywhere in the room, with a clear mark."""

from datetime import date, timedelta

import pytest

from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.queries.held import held_on
from luotsi.domain.organisation import actions as organisation
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Resident
from luotsi.domain.people.queries import resident_as_who
from tests.factories import MORNING, as_who, assessed, contact, identity_code, offered, worker
from tests.factories.clients import signed_in
from tests.rooms.team.people import confirmed, known, page_of, told_in_log
from tests.rooms.team.test_worklist import HTMX, LIST, text

pytestmark = pytest.mark.django_db
PLACES = (
    "040 555 0001",
    "040 555 0002",
    "piilossa@example.org",
    "Piilokuja 7",
    "88600",
    "Piilola",
    "Kuhmo",
    "Sotkamon",
)
HOUR = timedelta(hours=1)
VISIT = MORNING + timedelta(days=3)


@pytest.fixture
def hidden(nurse: Who) -> Resident:
    """A protected person with a booked time; the nurse works in two units, so that lists name the unit."""
    organisation.employ(
        id=nurse.id, name=nurse.name, unit="paltamo", role="nurse", since=date(2020, 1, 1), by=nurse, at=MORNING
    )
    person, _ = known(
        last_name="Peitenimi", phone=PLACES[0], mail=PLACES[2], street=PLACES[3], postal_code="88600", town=PLACES[5],
        municipality="290",
    )  # fmt: skip
    case = contact(person, phone=PLACES[1])
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=VISIT)
    cases.answer_offer(case=case.id, booking=booking, accepts=True, by=as_who(person), at=MORNING + timedelta(hours=2))
    people.set_protection(resident=person.id, is_on=True, by=nurse, at=MORNING)
    return person


def addresses(person: Resident) -> dict[str, str]:
    case = person.cases.get()
    at_case = f"/fi/team/cases/{case.id}/"
    parts = ("", "details/", "protection/", "death/", "mandates/", "consents/", "consents/notices-by-mail/")
    return {"list": LIST, "case": at_case} | {f"person {part}": page_of(person, part) for part in parts}


def shown(body: str) -> set[str]:
    """Which places stand in the page's own part; the head names the worker's units."""
    main = body[body.index("<main") : body.index("</main>")]
    rows = main[main.index("<table") :] if "<table" in main and "worklist" in main else main
    return {place for place in PLACES if place in rows}


def test_no_page_of_the_room_shows_where_the_person_is(nurse: Who, hidden: Resident) -> None:
    client = confirmed(nurse)
    for name, address in addresses(hidden).items():
        body = text(client.get(address))
        assert "Peitenimi" in body, name
        leaked = shown(body) - ({"Kuhmo"} if name == "person details/" else set())  # an option for everybody
        assert leaked == set(), name
        assert "urvakielto" in body or name in {
            "person death/",
            "person mandates/",
            "person consents/",
            "person consents/notices-by-mail/",
        }, name


def test_without_the_order_the_same_pages_show_it(nurse: Who, hidden: Resident) -> None:
    """The control: what the test above does not find would be there."""
    people.set_protection(resident=hidden.id, is_on=False, by=nurse, at=MORNING)
    client = signed_in(nurse)
    seen = {name: shown(text(client.get(address))) for name, address in addresses(hidden).items()}
    assert seen["person "] == set(PLACES) - {"040 555 0002"}
    assert seen["case"] == {"040 555 0001", "040 555 0002", "Kuhmo", "Sotkamon"}
    assert seen["list"] == {"Sotkamon"}


def test_a_list_that_is_open_learns_of_the_order(nurse: Who, hidden: Resident) -> None:
    people.set_protection(resident=hidden.id, is_on=False, by=nurse, at=MORNING)
    client = signed_in(nurse)
    seen = client.get(LIST).context["seen"]
    people.set_protection(resident=hidden.id, is_on=True, by=nurse, at=MORNING)
    assert client.get(LIST, headers=HTMX | {"X-Seen": seen}).status_code == 200


def test_a_time_is_offered_without_telling_the_number(nurse: Who) -> None:
    person, _ = known(last_name="Peitenimi")
    case = contact(person, phone=PLACES[1])
    assessed(case, nurse)
    people.set_protection(resident=person.id, is_on=True, by=nurse, at=MORNING)
    body = text(signed_in(nurse).get(f"/fi/team/cases/{case.id}/offers/"))
    assert PLACES[1] not in body
    assert "Piilotettu: turvakielto" in body


def test_whoever_must_reach_the_person_looks_with_a_press_that_is_logged(nurse: Who, hidden: Resident) -> None:
    case = hidden.cases.get()
    for address in (page_of(hidden, "contact-data/"), f"/fi/team/cases/{case.id}/answers/"):
        assert signed_in(nurse).post(address).url.startswith("/fi/session/confirmation/")
    client = confirmed(nurse)
    body = text(client.post(page_of(hidden, "contact-data/")))
    assert PLACES[0] in body
    assert PLACES[3] in body
    assert "Katsominen on kirjattu lokiin." in body
    assert told_in_log(hidden.id, subject=hidden.id) == [("shown", "person", "team")]
    body = text(client.post(f"/fi/team/cases/{case.id}/answers/"))
    assert PLACES[1] in body
    assert PLACES[0] not in body
    assert ("shown", "answers", "team") in told_in_log(hidden.id)
    assert client.get(f"/fi/team/cases/{case.id}/answers/").url == f"/fi/team/cases/{case.id}/"
    assert PLACES[0] not in text(client.get(page_of(hidden)))


def test_what_is_hidden_stays_as_it_is_when_the_form_is_sent_empty(nurse: Who, hidden: Resident) -> None:
    client = confirmed(nurse)
    body = text(client.get(page_of(hidden, "details/")))
    assert "Tyhjäksi jätetty pysyy ennallaan." in body
    empty = dict.fromkeys(("phone", "mail", "street", "postal_code", "town", "municipality"), "")
    client.post(page_of(hidden, "details/"), empty | {"language": "sv", "town": "Uusi paikka"})
    hidden.refresh_from_db()
    assert (hidden.phone, hidden.municipality, hidden.language) == (PLACES[0], "290", "sv")
    assert hidden.town == "Uusi paikka"


def test_an_order_is_recorded_with_its_last_day_and_lifted(nurse: Who) -> None:
    person, _ = known()
    contact(person)
    client = confirmed(nurse)
    assert "Kirjaa turvakielto" in text(client.get(page_of(person, "protection/")))
    done = client.post(page_of(person, "protection/"), {"until": "31.12.2027"}, follow=True)
    assert "Turvakielto on kirjattu." in text(done)
    person.refresh_from_db()
    assert (person.protected_from, person.protected_until) == (MORNING.date(), date(2027, 12, 31))
    assert "Poista turvakielto" in text(client.get(page_of(person, "protection/")))
    lift = {"lift": "1"}
    assert signed_in(nurse).post(page_of(person, "protection/"), lift).url.startswith("/fi/session/confirmation/")
    assert confirmed(nurse).post(page_of(person, "protection/"), lift).url == page_of(person)
    person.refresh_from_db()
    assert person.protected_from is None


@pytest.mark.parametrize("until", ["2026-03-01", "huomenna", "x" * 5_000, "0001-01-01"])
def test_a_last_day_that_cannot_be_is_said(nurse: Who, until: str) -> None:
    person, _ = known()
    contact(person)
    response = signed_in(nurse).post(page_of(person, "protection/"), {"until": until})
    assert response.status_code == 422
    person.refresh_from_db()
    assert person.protected_from is None


def test_a_record_that_hides_somebody_does_so_for_other_units_too(hidden: Resident) -> None:
    elsewhere = worker(unit="kuhmo")
    contact(hidden, unit="kuhmo")
    body = text(signed_in(elsewhere).get(page_of(hidden)))
    assert shown(body) == set()


def test_the_resident_sees_their_own_number(hidden: Resident) -> None:
    body = text(signed_in(as_who(hidden)).get(f"/fi/matters/{hidden.cases.get().id}/"))
    assert PLACES[1] in body


def test_a_guess_is_not_tried_without_showing_who_one_is(nurse: Who, hidden: Resident) -> None:
    """A right guess and a wrong one get the same answer: a step-up before anything is compared."""
    client = signed_in(nurse)
    for seen in (PLACES[0], "040 999 9999"):
        answer = client.post(page_of(hidden, "verification/"), {"kind": "phone", "seen": seen})
        assert answer.url.startswith("/fi/session/confirmation/"), seen
    for municipality in ("290", "205"):
        answer = client.post(page_of(hidden, "details/"), {"language": "fi", "municipality": municipality})
        assert answer.url.startswith("/fi/session/confirmation/"), municipality
    assert client.get(page_of(hidden, "details/")).url.startswith("/fi/session/confirmation/")
    hidden.refresh_from_db()
    assert (hidden.phone_verified_at, hidden.municipality) == (None, "290")
    assert told_in_log(hidden.id, subject=hidden.id) == [], "nothing hidden was read"


def test_saving_says_the_same_whether_a_guess_was_right(nurse: Who, hidden: Resident) -> None:
    client, sent = confirmed(nurse), {"language": "fi", "municipality": "290"}
    right = text(client.post(page_of(hidden, "details/"), sent, follow=True))
    assert "Mikään ei muuttunut" not in right
    assert "Tiedot on tallennettu" in right
    assert "Tiedot on tallennettu" in text(client.post(page_of(hidden, "details/"), {"language": "sv"}, follow=True))


def test_without_an_order_nobody_is_asked(nurse: Who, hidden: Resident) -> None:
    people.set_protection(resident=hidden.id, is_on=False, by=nurse, at=MORNING)
    client = signed_in(nurse)
    assert client.get(page_of(hidden, "details/")).status_code == 200
    sent = {"kind": "phone", "seen": PLACES[0]}
    assert client.post(page_of(hidden, "verification/"), sent).url == page_of(hidden)


def test_a_manager_sees_that_a_matter_waits_and_not_whose(nurse: Who, hidden: Resident) -> None:
    other, _ = known(last_name="Julkinen")
    contact(other)
    client = signed_in(worker(role="unit-manager", unit="sotkamo"))
    body = text(client.get(LIST))
    assert "Julkinen Toivo" in body
    assert "Peitenimi" not in body
    assert "Piilotettu: turvakielto" in body
    assert told_in_log(hidden.id, actor_role="unit-manager") == [], "nobody was shown"
    for words in ("Peite", "Julki"):  # a search does not tell either
        found = text(client.post(LIST, {"words": words}, follow=True))
        assert ("Julkinen" in found) == (words == "Julki")
        assert found.count("Piilotettu: turvakielto") == 0
    assert "Peitenimi Toivo" in text(signed_in(nurse).get(LIST)), "the control: who cares for them knows them"


@pytest.mark.parametrize("is_on", [True, False])
def test_the_story_of_a_case_names_no_unit_to_which_it_was_handed(nurse: Who, is_on: bool) -> None:
    """The control without the order reads the unit's name."""
    person, _ = known(last_name="Peitenimi")
    case = contact(person, unit="paltamo")
    other = worker(unit="paltamo", name="Paula Paltamo")
    cases.hand_over(case=case.id, to=None, seen=None, unit="sotkamo", note="Muutti.", by=other, at=MORNING + HOUR)
    cases.hand_over(case=case.id, to=nurse.id, seen=None, by=nurse, at=MORNING + 2 * HOUR)
    people.set_protection(resident=person.id, is_on=is_on, by=nurse, at=MORNING)
    body = signed_in(nurse).get(f"/fi/team/cases/{case.id}/").content.decode()
    main = body[body.index("<main") : body.index("</main>")]
    assert "Siirrettiin yksikölle" in main
    assert "Vastuutyöntekijä vaihtui" in main
    assert ("Sotkamon terveysasema" in main) == (not is_on)


def test_a_copy_for_whoever_acts_for_them_names_no_unit(nurse: Who) -> None:
    child, _ = known(code=identity_code(date(2017, 5, 5)), last_name="Peitenimi")
    guardian, _ = known(code=identity_code(date(1985, 5, 5)))
    case = contact(child, unit="paltamo")
    cases.hand_over(case=case.id, to=None, seen=None, unit="sotkamo", by=worker(unit="paltamo"), at=MORNING + HOUR)
    people.give_mandate(
        principal=child.id, agent=guardian.id, kind="guardian", registers=["health"], source="document",
        by=nurse, at=MORNING,
    )  # fmt: skip
    for is_on in (False, True):
        people.set_protection(resident=child.id, is_on=is_on, by=nurse, at=MORNING)
        acting = resident_as_who(guardian.id, acting_for=child.id)
        assert acting is not None
        held = {one.table.table: one.rows for one in held_on(viewer=acting)}
        units = {row[name] for row in held["cases_handover"] for name in ("from_unit", "to_unit")}
        assert units == ({""} if is_on else {"paltamo", "sotkamo"})
