"""The desk of whoever looks after the catalogue, and the finder's page that fills it."""

import re

import pytest
from django.test import Client

from luotsi.base.now import now
from luotsi.base.who import SYSTEM
from luotsi.domain.catalogue import actions
from luotsi.domain.catalogue.models import Search
from tests.factories import worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
DESK = "/fi/boards/services/"


@pytest.fixture(autouse=True)
def services() -> None:
    actions.load_shelf(by=SYSTEM, at=now())


def desk(role: str = "service-manager") -> str:
    answer = signed_in(worker(role=role)).get(DESK)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_words_searched_in_vain_come_to_the_desk_without_anybody() -> None:
    for _ in range(2):
        Client().get("/fi/", {"q": "xyzzyx 040 123 4567"})
    shown = desk()
    assert "xyzzyx" in shown
    assert "123" not in shown.split("Haettu eikä löydetty")[1].split("Löytyi")[0]


def test_who_opens_what_was_found_takes_the_words_off_the_desk() -> None:
    for _ in range(2):
        found = Client().get("/fi/", {"q": "hammas lohkesi"}).content.decode()
    assert "hammas lohkesi" in desk()
    address = next(one for one in re.findall(r'href="([^"]+)"', found) if "?search=" in one)
    assert Client().get(address).status_code == 200
    assert Search.objects.filter(led=True).count() == 1
    assert "hammas lohkesi" not in desk()


@pytest.mark.parametrize("number", ["", "7", "x" * 40, "00000000-0000-0000-0000-000000000000"])
def test_a_number_that_is_none_leads_to_the_service_all_the_same(number: str) -> None:
    assert Client().get(f"/fi/services/dental-care/?search={number}").status_code == 200


def test_a_nurse_has_no_such_desk() -> None:
    assert signed_in(worker(role="nurse")).get(DESK).status_code == 403


def test_what_was_wrong_with_an_intake_is_told() -> None:
    actions.remember_failure("ptv", "the Service Catalogue (PTV): example answered 503", at=now())
    shown = desk("county-administrator")
    assert "palvelutietovaranto ei vastannut" in shown
    assert "answered 503" in shown
