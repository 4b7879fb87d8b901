"""A list of services is handed over on paper or by a link; what the resident says of each comes back to the matter."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.bookings.queries.linked import link_to
from luotsi.domain.cases.actions import directions
from luotsi.domain.cases.models import Case, Direction
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.events.models import Event
from tests.factories import as_who, assessed, contact, resident, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
WHY = "Kaipaat seuraa ja liikettä."


@pytest.fixture
def case(nurse: Who) -> Case:
    catalogue.load_shelf(by=SYSTEM, at=now())
    made = assessed(contact(resident(first_name="Aino", last_name="Seuranen")), nurse)
    for service in ("wellbeing-groups", "home-care"):
        directions.direct(case=made.id, service=service, why=WHY, key=uuid4(), by=nurse, at=now())
    return made


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def link(nurse: Who, case: Case) -> str:
    """The address that stands on the paper, without the house's own name."""
    found = re.search(r'href="[^"]*(/fi/picks/[^"]+)"', text(signed_in(nurse), reverse("picks-sheet", args=[case.id])))
    assert found is not None
    return found[1]


def printed(page: str) -> str:
    """The page without its head for the screen alone."""
    return page.split("</header>")[-1]


def test_the_paper_tells_how_to_come_and_names_nobody(nurse: Who, case: Case) -> None:
    assert reverse("picks-sheet", args=[case.id]) in text(signed_in(nurse), reverse("case", args=[case.id]))
    page = printed(text(signed_in(nurse), reverse("picks-sheet", args=[case.id])))
    assert "Hyvinvointiryhmät ja kohtaamispaikat" in page
    assert "08 000 0125" in page
    assert page.count(WHY) == 2
    assert "Seuranen" not in page
    assert "data:image/svg+xml" in page


def test_the_link_says_neither_who_nor_why_and_the_answer_comes_back(nurse: Who, case: Case) -> None:
    address, anybody = link(nurse, case), Client()
    page = text(anybody, address)
    assert "Hyvinvointiryhmät ja kohtaamispaikat" in page
    for hidden in ("Seuranen", WHY, "Sotkamon terveysasema", str(case.id)):
        assert hidden not in page
    given = Direction.objects.get(case=case, service="wellbeing-groups")
    sent = anybody.post(address, {"pick": str(given.id), "result": "taken"})
    assert sent.status_code == 302
    assert "Sait palvelun." in text(anybody, address)
    assert "Asukas sai palvelun" in text(signed_in(nurse), reverse("case", args=[case.id]))
    told = Event.objects.get(kind="service.followed")
    assert (told.actor_kind, told.body["result"]) == ("resident", "taken")


def test_bad_answers_change_nothing_and_say_so(nurse: Who, case: Case) -> None:
    address, given = link(nurse, case), Direction.objects.filter(case=case)[0]
    for told in ({"pick": str(given.id), "result": ""}, {"pick": str(uuid4()), "result": "taken"}, {"pick": "x"}):
        answer = Client().post(address, told)
        assert (answer.status_code, "Mitään ei tallennettu" in answer.content.decode()) == (422, True)
    assert set(Direction.objects.values_list("result", flat=True)) == {""}


def test_a_link_opens_its_own_list_alone(nurse: Who, case: Case) -> None:
    other = assessed(contact(), nurse)
    directions.direct(case=other.id, service="home-care", why=WHY, key=uuid4(), by=nurse, at=now())
    theirs = Direction.objects.get(case=other)
    answer = Client().post(link(nurse, case), {"pick": str(theirs.id), "result": "taken"})
    assert answer.status_code == 422
    theirs.refresh_from_db()
    assert theirs.result == ""


def test_a_link_that_is_over_made_up_or_for_something_else_opens_nothing(nurse: Who, case: Case) -> None:
    address = link(nurse, case)
    assert Client().get(f"{address[:-3]}AA/").status_code == 404
    foreign = link_to("time", case.id, until=now() + timedelta(days=1))
    assert Client().get(reverse("picks", args=[foreign])).status_code == 404
    picks = link_to("picks", case.id, until=now() + timedelta(days=1))
    assert Client().get(reverse("reply", args=[picks])).status_code == 404
    with time_machine.travel(now() + timedelta(days=91), tick=False):
        assert "Hyvinvointiryhmät" not in text(Client(), address)
        given = Direction.objects.filter(case=case)[0]
        Client().post(address, {"pick": str(given.id), "result": "taken"})
    assert set(Direction.objects.values_list("result", flat=True)) == {""}


def test_the_resident_reads_the_list_in_the_matter_and_answers(case: Case) -> None:
    page = text(signed_in(as_who(case.resident)), reverse("matter", args=[case.id]))
    assert WHY in page
    found = re.search(r'href="(/fi/picks/[^"]+)"', page)
    assert found is not None
    assert "Hyvinvointiryhmät" in text(Client(), found[1])


def test_a_nurse_without_the_matter_gets_no_paper(case: Case) -> None:
    stranger = signed_in(worker("nurse", "kuhmo", "Toinen Hoitaja"))
    assert stranger.get(reverse("picks-sheet", args=[case.id])).status_code == 404
