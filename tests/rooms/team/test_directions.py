"""The guidance desk: from everyday words to any service, what was tried, and what came of it."""

from typing import Any
from uuid import uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.cases.models import Case, Direction
from luotsi.domain.clocks import queries as clocks
from luotsi.domain.events.queries import story_of
from tests.factories import as_who, contact, resident, worker
from tests.factories.clients import signed_in
from tests.factories.shelf import services_stand
from tests.rooms.team.test_referrals import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def adviser(db: None) -> Who:
    services_stand()
    return worker("service-adviser", "asiakasohjaus", "Oona Ohjaaja")


@pytest.fixture
def case(adviser: Who) -> Case:
    return contact(resident(last_name="Neuvoton"), unit="asiakasohjaus", kind="guidance", service="guidance-desk")


def finder(case: Case) -> str:
    return f"/fi/team/cases/{case.id}/directions/"


def pointing(**more: Any) -> dict[str, Any]:
    return {"why": "Vertaistuki auttaa jaksamaan", "key": str(uuid4())} | more


def test_a_resident_s_contact_to_the_guidance_desk_opens_a_matter_there(case: Case) -> None:
    assert (case.kind, case.unit_id, case.register) == ("guidance", "asiakasohjaus", "social")
    assert [chip.line for chip in clocks.clocks_of([case.id])[case.id]] == ["social_urgent"]


def test_everyday_words_find_services_of_every_kind(adviser: Who, case: Case) -> None:
    client = signed_in(adviser)
    assert "Etsi palvelu" in text(client.get(f"/fi/team/cases/{case.id}/"))
    body = text(client.post(finder(case), {"words": "hammas lohkesi"}))

    assert "hammas" in body.lower()
    assert "Sinne voi avata asian" in body
    assert client.post(finder(case), {"words": ""}).status_code == 422


def test_the_words_stand_in_no_address(adviser: Who, case: Case) -> None:
    body = signed_in(adviser).get(finder(case)).content.decode()

    assert f'method="post" action="{finder(case)}"' in body


def test_pointing_gives_the_contact_data_and_opens_nothing_unasked(adviser: Who, case: Case) -> None:
    client = signed_in(adviser)
    page = text(client.get(f"{finder(case)}wellbeing-groups/"))
    assert "Yhteystiedot" in page
    body = text(client.post(f"{finder(case)}wellbeing-groups/", pointing(), follow=True))

    assert "Asukas näkee yhteystiedot asiassaan." in body
    assert "Vertaistuki auttaa jaksamaan" in body
    assert "Ohjattu palveluun:" in body
    assert Direction.objects.get().opened is None
    assert "Vertaistuki auttaa jaksamaan" in text(signed_in(as_who(case.resident)).get(f"/fi/matters/{case.id}/"))


def test_where_the_resident_agrees_a_matter_opens_in_the_unit_that_receives_it(adviser: Who, case: Case) -> None:
    client = signed_in(adviser)
    body = text(client.post(f"{finder(case)}physiotherapy/", pointing(opens="on", why="Selkä on kipeä"), follow=True))
    opened = Direction.objects.get().opened

    assert "Asia on avattu: Fysioterapia." in body
    assert opened is not None
    assert (opened.unit_id, opened.register, opened.resident_id) == ("fysioterapia", "health", case.resident_id)
    assert client.get(f"/fi/team/cases/{opened.id}/").status_code == 404, "another register stays shut"
    physio = worker("physiotherapist", "fysioterapia")
    assert "Selkä on kipeä" in text(signed_in(physio).get(f"/fi/team/cases/{opened.id}/"))


def test_without_the_resident_s_word_nothing_opens(adviser: Who, case: Case) -> None:
    signed_in(adviser).post(f"{finder(case)}physiotherapy/", pointing())

    assert Direction.objects.get().opened is None
    assert Case.objects.count() == 1


def test_a_reason_is_asked_for(adviser: Who, case: Case) -> None:
    answer = signed_in(adviser).post(f"{finder(case)}wellbeing-groups/", pointing(why=" "))

    assert answer.status_code == 422
    assert "Kirjoita, miksi." in text(answer)
    assert not Direction.objects.exists()


def test_what_came_of_it_is_written_down_and_shown_where_more_is_tried(adviser: Who, case: Case) -> None:
    client = signed_in(adviser)
    client.post(f"{finder(case)}wellbeing-groups/", pointing())
    one = Direction.objects.get()
    result = f"{finder(case)}{one.id}/result/"
    assert "Valitse, mitä siitä seurasi." in text(client.post(result, {"result": "nonsense"}, follow=True))
    body = text(client.post(result, {"result": "not_suitable"}, follow=True))

    assert "Tulos on tallennettu." in body
    assert "Ei sopinut" in text(client.get(finder(case)))
    client.post(result, {"result": "taken"})
    told = [event.body["result"] for event in story_of([case.id])[case.id] if event.kind == "service.followed"]
    assert told == ["not_suitable", "taken"]


def test_the_same_form_sent_twice_is_one_direction(adviser: Who, case: Case) -> None:
    client, sent = signed_in(adviser), pointing()
    for _ in range(2):
        client.post(f"{finder(case)}wellbeing-groups/", sent)

    assert Direction.objects.count() == 1


def test_a_service_that_is_not_there_is_not_found(adviser: Who, case: Case) -> None:
    client = signed_in(adviser)

    assert client.get(f"{finder(case)}no-such/").status_code == 404
    assert client.post(f"{finder(case)}{uuid4()}/result/", {"result": "taken"}).status_code == 404


def test_another_unit_points_nobody_of_ours(case: Case) -> None:
    other = worker("service-adviser", "aikuissosiaalityo")
    answer = signed_in(other).post(f"{finder(case)}wellbeing-groups/", pointing())

    assert answer.status_code == 404
    assert not Direction.objects.exists()
