"""Two records of one person: compared, joined and separated by the one whose task it is."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.events.models import Event
from luotsi.domain.people import actions as people
from luotsi.domain.people import rules
from luotsi.domain.people.models import Resident
from tests.factories import MORNING, contact, identity_code, worker
from tests.factories.clients import signed_in
from tests.rooms.team.people import known, page_of, told_in_log
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db
PAIRS = "/fi/team/pairs/"


@pytest.fixture
def officer(nurse: Who) -> Who:
    return worker(role="privacy-officer")


@pytest.fixture
def two(nurse: Who) -> tuple[Resident, str, Resident, str]:
    """A temporary record with a matter, the person's own with two, and their codes."""
    one = people.register_temporary(
        birth_date=date(1990, 1, 1), by=nurse, at=MORNING, first_name="Toivo", last_name="Tilapäinen",
        municipality="765",
    )  # fmt: skip
    other, code = known()
    contact(one)
    contact(other, unit="kuhmo")
    contact(other, unit="kuhmo")
    return one, rules.decrypt_identity(bytes(one.identity_code), settings.IDENTITY_KEY), other, code


def compared(client: Client, two: Any) -> Any:
    return client.post(PAIRS, {"temporary": two[1], "real": two[3]}, follow=True)


def test_the_two_stand_side_by_side(officer: Who, two: Any) -> None:
    found = compared(signed_in(officer), two)
    assert two[1] not in found.redirect_chain[0][0]
    body = text(found)
    for words in ("Toivo Tilapäinen", "Toivo Naapurinen", ">1.1.1990<", "010190*****", "Eroaa", "Sama"):
        assert words in body
    assert found.context["apart"][1][1:] == ("1", "2")
    assert [agrees for *_, agrees in found.context["rows"]] == [False, True, True, True]  # the name differs
    for resident in (two[0].id, two[2].id):
        assert ("shown", "person", "legal") in told_in_log(resident)


def test_joining_makes_both_one_person_and_is_undone_with_a_reason(officer: Who, nurse: Who, two: Any) -> None:
    client = signed_in(officer)
    address = compared(client, two).redirect_chain[0][0]
    assert client.post(address).url == PAIRS
    assert client.post(address).url == PAIRS  # a second press changes nothing
    assert Event.objects.filter(kind="resident.joined").count() == 1
    assert signed_in(nurse).get(page_of(two[0])).url == page_of(two[2])
    assert signed_in(nurse).get(page_of(two[2])).status_code == 200
    body = text(client.get(PAIRS))
    assert "Toivo Tilapäinen" in body
    assert "Nämä tiedot on jo yhdistetty." in text(client.get(address))
    apart = f"{PAIRS}{two[0].id}/separation/"
    assert "ovat taas kaksi henkilöä" in text(client.get(apart))
    for bad in ("", "erehdys", "tunnus 010190-999W oli väärä", "x " * 2_000):
        assert client.post(apart, {"reason": bad}).status_code == 422
    assert client.post(apart, {"reason": "Toinen henkilö samalla nimellä"}).url == PAIRS
    two[0].refresh_from_db()
    assert two[0].separated_why == "Toinen henkilö samalla nimellä"
    assert Event.objects.get(kind="resident.separated").body == {"other": str(two[0].id)}, "no free text in an event"
    assert signed_in(nurse).get(page_of(two[2])).status_code == 404
    assert signed_in(nurse).get(page_of(two[0])).status_code == 200
    assert client.get(apart).status_code == 404


def test_only_a_temporary_record_is_joined_and_only_into_a_real_one(officer: Who, two: Any) -> None:
    client = signed_in(officer)
    turned = client.post(PAIRS, {"temporary": two[3], "real": two[1]}, follow=True)
    assert "Näitä kahta ei voi yhdistää" in text(turned)
    assert client.post(turned.redirect_chain[0][0]).status_code == 409
    two[2].refresh_from_db()
    assert two[2].joined_into_id is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"temporary": ""}, "Kirjoita henkilötunnus."),
        ({"real": "010190-999X"}, "Tämä ei ole suomalainen henkilötunnus."),
        ({"real": identity_code(date(1950, 1, 1))}, "Tällä tunnuksella ei ole ketään."),
        ({"real": "same"}, "Molemmat tunnukset kuuluvat samoihin tietoihin."),
    ],
)
def test_codes_that_do_not_fit_are_said_by_their_field(
    officer: Who, two: Any, wrong: dict[str, str], said: str
) -> None:
    sent = {"temporary": two[1], "real": two[3]} | wrong
    sent["real"] = two[1] if sent["real"] == "same" else sent["real"]
    response = signed_in(officer).post(PAIRS, sent)
    assert response.status_code == 422
    assert said in text(response)


def test_a_protected_persons_place_is_not_compared(officer: Who, nurse: Who, two: Any) -> None:
    people.set_protection(resident=two[2].id, is_on=True, by=nurse, at=MORNING)
    body = text(compared(signed_in(officer), two))
    assert "Piilotettu: turvakielto" in body


@pytest.mark.parametrize("role", ["nurse", "doctor", "unit-manager", "county-administrator"])
def test_whose_task_it_is_not_does_not_get_in(role: str, two: Any) -> None:
    client = signed_in(worker(role=role))
    for address in (PAIRS, f"{PAIRS}{uuid4()}/", f"{PAIRS}{two[0].id}/separation/"):
        assert client.get(address).status_code == 403
        assert client.post(address, {}).status_code == 403


def test_a_worker_is_told_who_joins_the_records(nurse: Who, two: Any) -> None:
    assert "tietosuojavastaava yhdistää tiedot" in text(signed_in(nurse).get(page_of(two[0])))


def test_what_is_not_joined_is_not_separated(officer: Who, two: Any) -> None:
    client = signed_in(officer)
    assert client.get(f"{PAIRS}{two[0].id}/separation/").status_code == 404
    assert client.post(f"{PAIRS}{uuid4()}/separation/", {"reason": "ei ole olemassa"}).status_code == 404
    assert client.get(f"{PAIRS}{uuid4()}/").url == PAIRS
