"""What stands above a matter: where one is, whose it is, and at which number they wait."""

import re
from typing import Any

import pytest

from luotsi.base.who import Who
from luotsi.domain.cases.models import Case, Contact
from luotsi.domain.people import actions as people
from luotsi.domain.people.models import Resident
from tests.factories import assessed, contact, resident
from tests.factories.clients import signed_in
from tests.factories.shelf import services_stand
from tests.rooms.team.conftest import NOON
from tests.rooms.team.test_case import page_of

pytestmark = pytest.mark.django_db
GIVEN = "annettu tässä yhteydenotossa"


def crumbs(answer: Any) -> list[str]:
    (trail,) = re.findall(r'<nav class="breadcrumbs".*?</nav>', answer.content.decode(), re.S)
    return re.findall(r"<(?:a|span)[^>]*>([^<]*)<", trail)


def head(client: Any, case: Case) -> str:
    page = client.get(page_of(case)).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page[page.index("<h1>") : page.index("Saapui")]))


@pytest.mark.parametrize(
    "page", ["", "offers/", "directions/", "directions/physiotherapy/", "sendings/physiotherapy/", "dates/",
             "other-matters/"],
)  # fmt: skip
def test_every_page_of_a_matter_says_the_person_then_the_service(nurse: Who, page: str) -> None:
    services_stand()
    case = assessed(contact(resident(last_name="Aalto")), nurse)
    trail = crumbs(signed_in(nurse).get(page_of(case) + page))
    assert trail[:2] == ["Työlista", "Testi Aalto: Hoitajan vastaanotto"]
    assert len(trail) > 2 or not page


def test_the_number_given_in_the_contact_stands_first_where_it_is_another_one(nurse: Who) -> None:
    case, client = contact(), signed_in(nurse)
    Resident.objects.filter(id=case.resident_id).update(phone="050 999 8877")
    said = head(client, case)
    assert re.search(rf"040 123 4567 {GIVEN} · 050 999 8877 henkilön tiedoissa", said)


@pytest.mark.parametrize("known", ["+358 40 1234567", "040-123 4567"])
def test_the_same_number_stands_once_however_it_is_written(nurse: Who, known: str) -> None:
    case, client = contact(), signed_in(nurse)
    Resident.objects.filter(id=case.resident_id).update(phone=known)
    said = head(client, case)
    assert GIVEN not in said
    assert known in said


def test_a_number_of_somebody_else_or_under_a_protection_order_stands_not_there(nurse: Who) -> None:
    case, client = contact(), signed_in(nurse)
    Contact.objects.filter(id=case.contact_id).update(sender="relative")
    assert GIVEN not in head(client, case)
    Contact.objects.filter(id=case.contact_id).update(sender="resident")
    assert GIVEN in head(client, case)
    people.set_protection(resident=case.resident_id, is_on=True, by=nurse, at=NOON)
    assert "040 123 4567" not in head(client, case)
