"""Acting for another: choosing, what it covers, what it never shows, and leaving it."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from luotsi.base.now import now, today
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Mandate
from tests.factories import MORNING, as_who, assessed, contact, offered, resident, state_of_booking, worker
from tests.factories.clients import signed_in
from tests.factories.shelf import services_stand
from tests.rooms.resident.people import acting, family, let_act, text_of

pytestmark = pytest.mark.django_db
FORM = {"what": "Kuume ei laske", "since": "week", "phone": "040 123 4567", "go": "send"}


def band(answer: Any) -> str:
    """What stands above the page's main part: the header with whom one acts for."""
    whole: str = answer.content.decode()
    return whole[: whole.find("<main")]


def test_whom_one_acts_for_stands_on_every_page_until_one_leaves_it() -> None:
    mother, child = family()
    browser = acting(mother, child)
    for address in ("/fi/", "/fi/matters/", "/fi/own/", "/fi/acting/", "/fi/accessibility/"):
        assert "<strong>Lauri Esimerkki</strong>" in band(browser.get(address)), address
    answer = browser.post("/fi/acting/", follow=True)
    assert "Lauri Esimerkki" not in band(answer)
    assert "Hoidat taas omia asioitasi" in text_of(answer)


def test_the_session_is_another_one_after_each_change() -> None:
    mother, child = family()
    browser = signed_in(as_who(mother))
    keys = [browser.cookies[settings.SESSION_COOKIE_NAME].value]
    for whom in (str(child.id), ""):
        browser.post("/fi/acting/", {"resident": whom})
        keys.append(browser.cookies[settings.SESSION_COOKIE_NAME].value)
    assert len(set(keys)) == 3


@pytest.mark.parametrize("whom", ["stranger", "oneself", "nobody", "words"])
def test_nobody_acts_for_whom_they_have_no_right_to(whom: str) -> None:
    mother, child = family()
    stranger = resident(first_name="Vieras", last_name="Ihminen")
    ids = {"stranger": str(stranger.id), "oneself": str(mother.id), "nobody": str(uuid4()), "words": "' or 1=1"}
    browser = signed_in(as_who(mother))
    assert browser.post("/fi/acting/", {"resident": ids[whom]}).status_code == 404
    assert "Vieras" not in band(browser.get("/fi/"))
    assert signed_in(as_who(child)).post("/fi/acting/", {"resident": str(mother.id)}).status_code == 404


def test_a_contact_for_the_child_is_the_childs_and_says_who_sent_it() -> None:
    services_stand()
    mother, child = family()
    browser = acting(mother, child)
    assert browser.get("/fi/services/nurse-reception/contact/").status_code == 200
    answer = browser.post("/fi/services/nurse-reception/contact/", {"key": str(uuid4()), **FORM})
    case = Case.objects.get()
    assert answer["Location"] == f"/fi/matters/{case.id}/"
    assert (case.resident_id, case.contact.sent_by_id) == (child.id, mother.id)
    assert browser.get(f"/fi/matters/{case.id}/").status_code == 200
    browser.post("/fi/acting/")
    assert browser.get(f"/fi/matters/{case.id}/").status_code == 404, "it is not a matter of her own"


def test_an_offered_time_is_answered_and_cancelled_for_the_child() -> None:
    mother, child = family()
    nurse = worker()
    case = contact(child, at=now() - timedelta(hours=3))
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=now() + timedelta(days=2))
    browser = acting(mother, child)
    browser.post(f"/fi/matters/{case.id}/times/{booking}/answer/", {"answer": "accept"})
    assert state_of_booking(booking) == "made"
    browser.post(f"/fi/matters/{case.id}/times/{booking}/cancellation/")
    assert state_of_booking(booking) == "cancelled"


def test_a_matter_kept_private_does_not_exist_for_whoever_acts() -> None:
    mother, child = family()
    nurse = worker("doctor")
    case = contact(child, at=now() - timedelta(hours=3))
    cases.keep_private(case=case.id, why="Kypsä päättämään tästä.", by=nurse, at=now())
    browser = acting(mother, child)
    assert str(case.id) not in text_of(browser.get("/fi/matters/"))
    assert browser.get(f"/fi/matters/{case.id}/").status_code == 404
    assert browser.get(f"/fi/own/correction/?matter={case.id}").status_code == 404
    assert str(case.id) in text_of(signed_in(as_who(child)).get("/fi/matters/"))


def test_a_register_that_the_mandate_does_not_cover_does_not_exist_either() -> None:
    agent, principal = resident(), resident()
    let_act(agent, principal, registers=("social",))
    case = contact(principal)
    assert acting(agent, principal).get(f"/fi/matters/{case.id}/").status_code == 404


@pytest.mark.parametrize("address", ["own/", "own/details/", "own/consents/"])
def test_what_a_mandate_does_not_cover_is_said_plainly(address: str) -> None:
    agent, principal = resident(), resident(first_name="Aino", last_name="Esimerkki")
    let_act(agent, principal)
    answer = acting(agent, principal).get(f"/fi/{address}")
    assert answer.status_code == 403
    assert "Oikeutesi ei kata tätä" in text_of(answer)
    assert "Aino Esimerkki" in text_of(answer)


def test_a_mandate_that_has_ended_opens_nothing_at_the_next_request_and_says_so() -> None:
    agent, principal = resident(), resident()
    mandate = let_act(agent, principal)
    case = contact(principal)
    browser = acting(agent, principal)
    assert browser.get(f"/fi/matters/{case.id}/").status_code == 200
    people.revoke_mandate(mandate=mandate.id, by=as_who(principal), at=now())
    assert browser.get(f"/fi/matters/{case.id}/").status_code == 404
    assert "on päättynyt" in band(browser.get("/fi/matters/"))
    browser.post("/fi/acting/")
    assert "on päättynyt" not in band(browser.get("/fi/matters/"))


def test_what_was_being_written_for_another_never_becomes_ones_own() -> None:
    services_stand()
    agent, principal = resident(), resident()
    mandate = let_act(agent, principal)
    browser = acting(agent, principal)
    people.revoke_mandate(mandate=mandate.id, by=as_who(principal), at=now())
    answer = browser.post("/fi/services/nurse-reception/contact/", {"key": str(uuid4()), **FORM})
    assert answer.status_code == 409
    assert "Mitään ei lähetetty" in text_of(answer)
    assert Case.objects.count() == 0


def test_a_form_opened_before_the_change_is_refused_after_it() -> None:
    mother, child = family()
    browser = Client(enforce_csrf_checks=True)
    browser.cookies[settings.SESSION_COOKIE_NAME] = signed_in(as_who(mother)).cookies[settings.SESSION_COOKIE_NAME]
    opened = browser.get("/fi/own/details/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', opened)[1]  # type: ignore[index]
    assert browser.post("/fi/acting/", {"resident": str(child.id), "csrfmiddlewaretoken": token}).status_code == 302
    stale = browser.post("/fi/acting/", {"resident": "", "csrfmiddlewaretoken": token})
    assert stale.status_code == 403


def test_a_mandate_one_gave_is_ended_after_saying_what_it_means() -> None:
    agent, principal = resident(first_name="Aino", last_name="Avulias"), resident()
    mandate = let_act(agent, principal)
    browser = signed_in(as_who(principal))
    assert "Aino Avulias" in text_of(browser.get("/fi/acting/"))
    address = f"/fi/acting/mandates/{mandate.id}/ending/"
    assert "annetaan uudelleen" in text_of(browser.get(address))
    mandate.refresh_from_db()
    assert mandate.revoked_at is None, "looking ends nothing"
    assert "Aino Avulias ei voi enää asioida" in text_of(browser.post(address, follow=True))
    mandate.refresh_from_db()
    assert (mandate.revoked_by, mandate.revoked_at is not None) == ("resident", True)
    assert browser.post(address).status_code == 302, "twice changes nothing"


def test_a_child_does_not_dismiss_a_guardian_nor_a_stranger_a_mandate() -> None:
    mother, child = family()
    guardianship = Mandate.objects.get(principal=child)
    given = let_act(mother, resident())
    address = "/fi/acting/mandates/{}/ending/"
    assert signed_in(as_who(child)).post(address.format(guardianship.id)).status_code == 404
    assert acting(mother, child).post(address.format(guardianship.id)).status_code == 404
    assert signed_in(as_who(resident())).post(address.format(given.id)).status_code == 404
    assert signed_in(as_who(resident())).post(address.format(uuid4())).status_code == 404
    assert not Mandate.objects.exclude(revoked_at=None).exists()


def test_a_guardians_right_ends_on_the_eve_of_the_eighteenth_birthday() -> None:
    mother = resident()
    grown = resident(today() - timedelta(days=18 * 365 - 200), first_name="Iso", last_name="Lapsi")
    mandate = let_act(mother, grown, kind="guardian", source="population_register")
    assert mandate.valid_to is not None
    Mandate.objects.filter(id=mandate.id).update(valid_from=date(2020, 1, 1), valid_to=today() - timedelta(days=1))
    assert "Iso Lapsi" not in text_of(signed_in(as_who(mother)).get("/fi/acting/"))


def test_what_one_reads_for_another_stands_in_the_log_with_ones_own_name() -> None:
    mother, child = family()
    case = contact(child)
    acting(mother, child).get(f"/fi/matters/{case.id}/")
    row = Use.objects.get(what="case", subject=case.id)
    assert (row.actor_id, row.acting_for, row.resident, row.ground) == (mother.id, child.id, child.id, "guardian")


def test_a_worker_acts_for_nobody() -> None:
    browser = signed_in(worker())
    assert browser.get("/fi/acting/").status_code == 403
    assert browser.post("/fi/acting/", {"resident": str(resident().id)}).status_code == 403


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_open_in_each_language(language: str) -> None:
    mother, _ = family()
    mandate = let_act(resident(), mother)  # so that she has somebody to end
    browser = signed_in(as_who(mother))
    for address in ("acting/", f"acting/mandates/{mandate.id}/ending/"):
        assert browser.get(f"/{language}/{address}").status_code == 200


def test_choosing_costs_a_fixed_number_of_queries(django_assert_max_num_queries: Any) -> None:
    mother, _ = family()
    for _ in range(4):
        let_act(mother, resident(date(2018, 1, 1)), kind="guardian", source="population_register")
    browser = signed_in(as_who(mother))
    with django_assert_max_num_queries(26):
        browser.get("/fi/acting/")


def test_a_protection_order_hides_the_place_from_whoever_acts_too() -> None:
    """A guardian may be the one from whom mother and child are hidden."""
    services_stand()
    father, child = family()
    nurse = worker(name="Nelli Mallimäki")
    people.change_details(
        resident=child.id, by=as_who(child), at=MORNING, street="Salainen kuja 1", town="Sotkamo", phone="050 111 2233"
    )
    people.set_protection(resident=child.id, is_on=True, by=nurse, at=now() - timedelta(days=1))
    case = contact(child, at=now() - timedelta(hours=3), phone="050 111 2233")
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=now() + timedelta(days=2))
    signed_in(nurse).get(f"/fi/team/cases/{case.id}/")
    browser = acting(father, child)
    browser.post(f"/fi/matters/{case.id}/times/{booking}/answer/", {"answer": "accept"})
    pages = (
        "own/", "own/log/", "own/log/log.csv", "matters/", f"matters/{case.id}/", "services/nurse-reception/contact/",
        f"matters/{case.id}/times/{booking}/cancellation/", "own/correction/",
    )  # fmt: skip
    for address in pages:
        answer = browser.get(f"/fi/{address}")
        assert answer.status_code == 200, address
        assert not re.search("Salainen|Sotkamo|050 111|08 000 0103", text_of(answer)), address
    for form in ("page", "data"):
        told = text_of(browser.post("/fi/own/export/copy/", {"form": form}))
        assert "Polvi" in told
        assert not re.search("Salainen|Sotkamo|sotkamo|050 111", told), form
    oneself = signed_in(as_who(child))
    assert "Salainen kuja 1" in text_of(oneself.get("/fi/own/"))
    assert "Sotkamon terveysasema" in text_of(oneself.get(f"/fi/matters/{case.id}/"))
