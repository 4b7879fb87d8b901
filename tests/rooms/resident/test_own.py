"""My details: what I see of myself, what I may change, and how a new mail address becomes mine."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from luotsi.base.now import now, today
from luotsi.base.who import SYSTEM
from luotsi.domain.events.models import Use
from luotsi.domain.messaging.models import Notice
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import ContactCheck, Resident
from tests.factories import MORNING, as_who, identity_code, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.resident.people import acting, family, let_act, text_of

pytestmark = pytest.mark.django_db
DETAILS, MAIL = "/fi/own/details/", "/fi/own/mail/"


def sent(person: Resident, **changes: str) -> dict[str, str]:
    """The form of my details as it stands, with changes."""
    names = ("phone", "mail", "street", "postal_code", "town", "municipality", "language")
    return {name: getattr(person, name) for name in names} | changes


def code_in_the_mail() -> str:
    return str(Notice.objects.latest("created_at").blanks["code"])


def test_my_details_hide_the_identity_code_until_it_is_asked_for() -> None:
    code = identity_code()
    person = people.register(
        identity_code=code, by=SYSTEM, at=MORNING, first_name="Testi", last_name="Asukas", municipality="765"
    )
    browser = signed_in(as_who(person))
    assert code[7:] not in text_of(browser.get("/fi/own/"))
    assert not Use.objects.filter(what="identity_code").exists()
    assert code in text_of(browser.post("/fi/own/identity-code/"))
    row = Use.objects.get(what="identity_code")
    assert (row.resident, row.actor_id, row.ground) == (person.id, person.id, "own")


@pytest.mark.parametrize(("language", "said"), [("fi", "Ei tiedossa"), ("sv", "Inte känt"), ("en", "Not known")])
def test_a_birth_date_that_nobody_knows_is_said_so_and_the_copy_of_my_data_leaves_it_empty(
    language: str, said: str
) -> None:
    person = people.register_temporary(
        birth_date=None, by=SYSTEM, at=MORNING, first_name="Tuntematon", last_name="Löydetty", municipality="765"
    )
    browser = signed_in(as_who(person))
    assert said in text_of(browser.get(f"/{language}/own/"))
    assert browser.post(f"/{language}/own/export/copy/", {"form": "page"}).status_code == 200
    copy = browser.post(f"/{language}/own/export/copy/", {"form": "data"})
    assert '"birth_date": null' in copy.content.decode()


def test_the_whole_code_has_no_address_of_its_own() -> None:
    answer = signed_in(as_who(resident())).get("/fi/own/identity-code/")
    assert (answer.status_code, answer["Location"]) == (302, "/fi/own/")


def test_what_is_verified_and_what_is_not_stands_beside_it() -> None:
    person = resident(mail="testi@example.org", phone="040 123 4567")
    browser = signed_in(as_who(person))
    assert text_of(browser.get("/fi/own/")).count("Ei vahvistettu") == 2
    people.vouch_for_contact(resident=person.id, kind="phone", by=worker(), at=MORNING)
    page = text_of(browser.get("/fi/own/"))
    assert (page.count("Ei vahvistettu"), page.count("Vahvistettu")) == (1, 1)


def test_a_protection_order_hides_nothing_from_oneself_and_says_what_it_does() -> None:
    person = resident(street="Kuvakuja 2", town="Sotkamo")
    people.set_protection(resident=person.id, is_on=True, by=worker(), at=now() - timedelta(days=1))
    page = text_of(signed_in(as_who(person)).get("/fi/own/"))
    assert "Kuvakuja 2" in page
    assert "Sinulla on turvakielto" in page


def test_details_are_changed_and_what_changed_is_unverified_again() -> None:
    person = resident(phone="040 123 4567")
    people.vouch_for_contact(resident=person.id, kind="phone", by=worker(), at=MORNING)
    form = sent(
        person, phone="050 765 4321", street="Esimerkkitie 4", postal_code="88600", town="Sotkamo", language="sv"
    )
    answer = signed_in(as_who(person)).post(DETAILS, form, follow=True)
    assert "Tietosi on tallennettu" in text_of(answer)
    person.refresh_from_db()
    assert (person.phone, person.street, person.language) == ("050 765 4321", "Esimerkkitie 4", "sv")
    assert person.phone_verified_at is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"mail": "ei osoite"}, "Kirjoita sähköpostiosoite"),
        ({"mail": "a" * 300 + "@example.org"}, "Kirjoita sähköpostiosoite"),
        ({"postal_code": "8860"}, "Kirjoita postinumero"),
        ({"postal_code": "88600\n"}, ""),
        ({"phone": "soita äidille"}, "puhelinnumero, esimerkiksi"),
        ({"municipality": "999"}, "Valitse kunta"),
        ({"language": "ru"}, "Valitse kieli"),
        ({"language": ""}, "Valitse kieli"),
        ({"street": "x" * 101}, ""),
        ({"street": "\x00"}, ""),
    ],
)
def test_what_cannot_be_read_is_told_by_the_field_and_nothing_typed_is_lost(wrong: dict[str, str], said: str) -> None:
    person = resident(town="Sotkamo")
    answer = signed_in(as_who(person)).post(DETAILS, sent(person, town="Vuokatti") | wrong)
    if answer.status_code == 302:  # a line feed at the end is trimmed, as browsers do
        assert wrong == {"postal_code": "88600\n"}
        return
    assert answer.status_code == 400
    assert said in text_of(answer)
    assert 'value="Vuokatti"' in text_of(answer)
    person.refresh_from_db()
    assert person.town == "Sotkamo"


def test_a_new_mail_address_waits_for_its_code_and_the_old_one_is_told() -> None:
    person = resident(mail="vanha@example.org")
    browser = signed_in(as_who(person))
    assert browser.post(DETAILS, sent(person, mail="uusi@example.org"))["Location"] == MAIL
    person.refresh_from_db()
    assert person.mail == "vanha@example.org"
    code_mail = Notice.objects.get()
    assert (code_mail.to, code_mail.template) == ("uusi@example.org", "contact_code")
    assert "uusi@example.org" in text_of(browser.get(MAIL))
    answer = browser.post(MAIL, {"code": f" {code_in_the_mail()[:3]} {code_in_the_mail()[3:]}"}, follow=True)
    assert "Sähköpostiosoite on nyt vahvistettu" in text_of(answer)
    person.refresh_from_db()
    assert person.mail == "uusi@example.org"
    assert person.mail_verified_at is not None
    told = Notice.objects.get(template="contact_changed")
    assert (told.to, told.blanks) == ("vanha@example.org", {})


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "٠١٢٣٤٥", "000000 or 1=1"])
def test_what_is_no_code_is_refused_without_costing_a_try(code: str) -> None:
    person = resident()
    browser = signed_in(as_who(person))
    browser.post(DETAILS, sent(person, mail="uusi@example.org"))
    assert browser.post(MAIL, {"code": code}).status_code == 400
    assert ContactCheck.objects.get().tries == 0


def test_after_five_wrong_tries_the_right_code_no_longer_works() -> None:
    person = resident()
    browser = signed_in(as_who(person))
    browser.post(DETAILS, sent(person, mail="uusi@example.org"))
    right = code_in_the_mail()
    wrong = "000000" if right != "000000" else "111111"
    answers = [browser.post(MAIL, {"code": wrong}) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [400] * 5
    assert "4 kertaa" in text_of(answers[0])
    assert "Koodi ei enää toimi" in text_of(answers[-1])
    assert browser.post(MAIL, {"code": right}).status_code == 400
    person.refresh_from_db()
    assert person.mail == ""


def test_a_code_of_yesterday_no_longer_works_and_a_new_one_is_sent() -> None:
    person = resident()
    browser = signed_in(as_who(person))
    browser.post(DETAILS, sent(person, mail="uusi@example.org"))
    old = code_in_the_mail()
    ContactCheck.objects.update(sent_at=now() - timedelta(minutes=16))
    assert "Koodi ei enää toimi" in text_of(browser.get(MAIL))
    assert browser.post(MAIL, {"code": old}).status_code == 400
    browser.post("/fi/own/mail/code/")
    assert code_in_the_mail() != old or Notice.objects.count() == 2
    browser.post(MAIL, {"code": code_in_the_mail()})
    person.refresh_from_db()
    assert person.mail == "uusi@example.org"


def test_a_strangers_mailbox_is_not_filled_through_us() -> None:
    person = resident()
    browser = signed_in(as_who(person))
    browser.post(DETAILS, sent(person, mail="uusi@example.org"))
    answers = [browser.post("/fi/own/mail/code/", follow=True) for _ in range(6)]
    assert Notice.objects.count() == 5
    assert "Odota hetki" in text_of(answers[-1])


def test_an_address_that_was_never_shown_to_be_mine_can_be_confirmed() -> None:
    person = resident(mail="testi@example.org")
    browser = signed_in(as_who(person))
    browser.post("/fi/own/mail/code/")
    browser.post(MAIL, {"code": code_in_the_mail()})
    person.refresh_from_db()
    assert person.mail_verified_at is not None
    assert not Notice.objects.filter(template="contact_changed").exists(), "the address is the same"


def test_an_emptied_field_is_forgotten() -> None:
    person = resident(mail="testi@example.org", phone="040 123 4567")
    signed_in(as_who(person)).post(DETAILS, sent(person, mail="", phone=""))
    person.refresh_from_db()
    assert (person.mail, person.phone) == ("", "")


def test_where_no_code_waits_the_page_leads_back() -> None:
    browser = signed_in(as_who(resident()))
    assert browser.get(MAIL)["Location"] == "/fi/own/"
    assert browser.post("/fi/own/mail/code/")["Location"] == DETAILS


def test_a_guardian_sees_the_childs_details_and_changes_nothing() -> None:
    mother, child = family()
    browser = acting(mother, child)
    page = text_of(browser.get("/fi/own/"))
    assert "Lauri Esimerkki" in page
    assert DETAILS not in page
    assert browser.get(DETAILS).status_code == 403
    assert browser.post(DETAILS, sent(child, phone="050 1")).status_code == 403
    row = Use.objects.filter(what="person", actor_id=mother.id).latest("id")
    assert (row.resident, row.acting_for, row.ground) == (child.id, child.id, "guardian")


def test_a_mandate_that_does_not_cover_the_details_says_so_plainly() -> None:
    agent, principal = resident(), resident(first_name="Aino", last_name="Esimerkki")
    let_act(agent, principal)
    answer = acting(agent, principal).get("/fi/own/")
    assert answer.status_code == 403
    assert "ei kata tätä" in text_of(answer)


def test_a_worker_has_no_such_page() -> None:
    assert signed_in(worker()).get("/fi/own/").status_code == 403


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get("/fi/own/").status_code == 302


def test_my_details_cost_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    browser = signed_in(as_who(resident()))
    with django_assert_max_num_queries(20):
        browser.get("/fi/own/")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_open_in_each_language_without_untranslated_slots(language: str) -> None:
    person = resident(mail="testi@example.org", phone="040 123 4567", language=language)
    browser = signed_in(as_who(person))
    browser.post(f"/{language}/own/mail/code/")
    for address in ("own/", "own/details/", "own/mail/"):
        answer = browser.get(f"/{language}/{address}")
        assert answer.status_code == 200
        assert not re.search(r"%\(|\{[{%]", text_of(answer))


def test_a_dead_persons_session_opens_nothing() -> None:
    person = resident()
    browser = signed_in(as_who(person))
    people.record_death(resident=person.id, died_on=today(), by=worker(), at=now())
    assert browser.get("/fi/own/").status_code == 302
