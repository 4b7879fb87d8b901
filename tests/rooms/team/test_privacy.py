"""A minor's own matter: kept from guardians by a professional's judgement; and who acted is always shown."""

from datetime import date
from uuid import uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.cases import actions as cases
from luotsi.domain.cases.models import Case
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Resident
from luotsi.domain.people.queries import resident_as_who
from tests.factories import ANSWERS, MORNING, contact, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.team.conftest import NOON
from tests.rooms.team.people import told_in_log
from tests.rooms.team.test_case import page_of
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db
WHY = "Ikä ja kehitystaso riittävät; keskusteltu yhdessä."


@pytest.fixture
def family(nurse: Who) -> tuple[Resident, Resident]:
    """A boy of 13 and his mother, who may act for him."""
    boy, mother = resident(born=date(2012, 9, 5), first_name="Onni"), resident(first_name="Veera", last_name="Äiti")
    people.give_mandate(
        principal=boy.id, agent=mother.id, kind="guardian", registers=["health"], source="document", by=nurse,
        at=MORNING,
    )  # fmt: skip
    return boy, mother


def acting(family: tuple[Resident, Resident]) -> Who:
    who = resident_as_who(family[1].id, acting_for=family[0].id)
    assert who is not None
    return who


def sent_by(family: tuple[Resident, Resident]) -> Case:
    """A contact that the mother sends for her son."""
    contact(family[0])  # the son's own, which also puts the units in place
    return cases.receive(
        resident=family[0].id, kind="health_need", service="nurse-reception", unit="sotkamo", channel="form",
        language="fi", key=uuid4(), by=acting(family), at=MORNING, questionnaire="contact", answers=ANSWERS,
    )  # fmt: skip


def test_a_matter_is_kept_from_guardians_and_shared_again(nurse: Who, family: tuple[Resident, Resident]) -> None:
    case = contact(family[0])
    client, mother = signed_in(nurse), acting(family)
    assert "Älä näytä huoltajille" in text(client.get(page_of(case)))
    done = client.post(f"{page_of(case)}privacy/", {"why": WHY}, follow=True)
    body = text(done)
    assert "Ei näytetä huoltajille" in body
    assert WHY in body
    case.refresh_from_db()
    assert case.kept_private_by_id == nurse.id
    assert signed_in(mother).get(f"/fi/matters/{case.id}/").status_code == 404
    client.post(f"{page_of(case)}sharing/", {"why": "Poika haluaa nyt kertoa äidilleen."})
    assert "Näytetään taas huoltajille" in text(client.get(page_of(case)))
    assert signed_in(mother).get(f"/fi/matters/{case.id}/").status_code == 200


@pytest.mark.parametrize("why", ["", "  ", "ikä", "x " * 2_000, "pojan tunnus on 131052-308T", "nolla \x00 tavu"])
def test_the_judgement_is_written_down(nurse: Who, family: tuple[Resident, Resident], why: str) -> None:
    case = contact(family[0])
    response = signed_in(nurse).post(f"{page_of(case)}privacy/", {"why": why})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in text(response)
    case.refresh_from_db()
    assert case.kept_private_at is None


def test_an_adults_matter_is_not_kept_from_anybody_here(nurse: Who) -> None:
    case = contact()
    client = signed_in(nurse)
    assert "Älä näytä huoltajille" not in text(client.get(page_of(case)))
    response = client.post(f"{page_of(case)}privacy/", {"why": WHY})
    assert response.status_code == 409
    case.refresh_from_db()
    assert case.kept_private_at is None


def test_another_unit_and_other_roles_do_not_judge_it(nurse: Who, family: tuple[Resident, Resident]) -> None:
    case = contact(family[0])
    address = f"{page_of(case)}privacy/"
    assert signed_in(worker(unit="kuhmo")).post(address, {"why": WHY}).status_code == 404
    assert signed_in(worker(role="unit-manager")).post(address, {"why": WHY}).status_code == 403
    assert signed_in(nurse).get(address).url == page_of(case)


def test_who_acted_for_the_resident_is_shown(nurse: Who, family: tuple[Resident, Resident]) -> None:
    case = sent_by(family)
    assert case.contact is not None
    assert case.contact.sent_by_id == family[1].id
    body = text(signed_in(nurse).get(page_of(case)))
    assert "Lähettäjä Veera Äiti (huoltaja)." in body
    assert "Veera Äiti asukkaan puolesta" in body
    assert ("shown", "mandate", "mandate") in told_in_log(family[1].id)


def test_what_somebody_sent_themselves_names_nobody_else(nurse: Who, family: tuple[Resident, Resident]) -> None:
    body = text(signed_in(nurse).get(page_of(contact(family[0]))))
    assert "Lähettäjä" not in body
    assert "Veera" not in body


def test_answering_for_another_stands_in_the_story(nurse: Who, family: tuple[Resident, Resident]) -> None:
    from datetime import timedelta

    from tests.factories import assessed, offered

    case = contact(family[0])
    assessed(case, nurse)
    booking = offered(case, nurse, starts_at=MORNING + timedelta(days=3))
    cases.answer_offer(case=case.id, booking=booking, accepts=True, by=acting(family), at=NOON)
    body = text(signed_in(nurse).get(page_of(case)))
    assert "Asukas otti ajan" in body
    assert "Veera Äiti asukkaan puolesta" in body


def test_the_case_leads_to_the_persons_page(nurse: Who, family: tuple[Resident, Resident]) -> None:
    case = contact(family[0])
    assert f'href="/fi/team/people/{family[0].id}/"' in text(signed_in(nurse).get(page_of(case)))
    assert "/team/people/" not in text(signed_in(worker(role="privacy-officer")).get("/fi/team/"))


def test_sharing_again_says_what_it_means_and_asks_why(nurse: Who, family: tuple[Resident, Resident]) -> None:
    case, client = contact(family[0]), signed_in(nurse)
    address = f"{page_of(case)}sharing/"
    assert client.get(address).url == page_of(case), "nothing is kept from anybody"
    client.post(f"{page_of(case)}privacy/", {"why": WHY})
    body = text(client.get(address))
    for words in ("näkee heti koko asian", WHY, "Miksi asia näytetään taas"):
        assert words in body
    for why in ("", "ikä", "pojan tunnus on 131052-308T"):
        assert client.post(address, {"why": why}).status_code == 422
    client.post(f"{page_of(case)}privacy/", {"share": "1"})
    case.refresh_from_db()
    assert case.kept_private_at is not None
    assert client.post(address, {"why": "Poika haluaa nyt kertoa."}).url == page_of(case)
    case.refresh_from_db()
    assert (case.kept_private_at, case.kept_private_by_id) == (None, nurse.id)
    assert "Poika haluaa nyt kertoa." in text(client.get(page_of(case)))


def test_another_unit_does_not_share_it(nurse: Who, family: tuple[Resident, Resident]) -> None:
    case = contact(family[0])
    signed_in(nurse).post(f"{page_of(case)}privacy/", {"why": WHY})
    address = f"{page_of(case)}sharing/"
    for method in ("get", "post"):
        assert getattr(signed_in(worker(unit="kuhmo")), method)(address, {"why": WHY}).status_code == 404
    assert signed_in(worker(role="unit-manager")).post(address, {"why": WHY}).status_code == 403


def test_whoever_has_come_of_age_has_no_guardians_to_speak_of(nurse: Who, family: tuple[Resident, Resident]) -> None:
    case, client = contact(family[0]), signed_in(nurse)
    client.post(f"{page_of(case)}privacy/", {"why": WHY})
    pages = [page_of(case), f"/fi/team/people/{family[0].id}/"]
    assert all("Ei näytetä huoltajille" in text(client.get(page)) for page in pages)
    Resident.objects.filter(id=family[0].id).update(birth_date=date(2008, 3, 1))
    assert not any("näytetä huoltajille" in text(client.get(page)).split("Mitä on tapahtunut")[0] for page in pages)
    assert client.get(f"{page_of(case)}sharing/").url == page_of(case)
