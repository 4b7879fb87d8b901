"""Registering somebody whose name and birth date somebody else has already: asked about, never guessed."""

from datetime import date
from uuid import uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.people.models import Resident
from tests.factories import contact, identity_code
from tests.factories.clients import signed_in
from tests.rooms.team.people import SEARCH, known, page_of, told_in_log
from tests.rooms.team.test_people import new, unknown
from tests.rooms.team.test_worklist import text

pytestmark = pytest.mark.django_db


def test_the_same_name_and_birth_date_is_asked_about_before_anybody_is_registered(nurse: Who) -> None:
    person, _ = known(identity_code(date(1970, 5, 5)), first_name="Uusi Maria", last_name="ASUKAS")
    client, sent = signed_in(nurse), new(birth_date="1970-05-05", phone="040 123 4567")
    asked = client.post(f"{SEARCH}registration/", sent)
    assert asked.status_code == 409
    body = text(asked)
    assert "Samanniminen, samana päivänä syntynyt henkilö on jo rekisteröity" in body
    assert 'value="040 123 4567"' in body
    assert "ASUKAS" not in body, "who it is is not told without a relationship"
    assert ("shown", "search", "") in told_in_log(person.id)
    assert Resident.objects.count() == 1
    for _ in range(2):
        assert client.post(f"{SEARCH}registration/", sent | {"another": "1"}).status_code == 200
    assert Resident.objects.count() == 2
    assert (
        client.post(f"{SEARCH}registration/", sent | {"first_name": "Toinen", "key": str(uuid4())}).status_code == 200
    )


def test_a_searched_code_of_a_namesake_is_asked_about_too_and_names_whom_one_knows(nurse: Who) -> None:
    person, _ = known(identity_code(date(1971, 2, 3)), first_name="Uusi", last_name="Asukas")
    contact(person)
    client = signed_in(nurse)
    address, _ = unknown(client)
    asked = client.post(address, new())
    assert asked.status_code == 409
    assert f'href="{page_of(person)}"' in text(asked)
    assert client.post(address, new(another="1")).status_code == 302
    assert Resident.objects.count() == 2
