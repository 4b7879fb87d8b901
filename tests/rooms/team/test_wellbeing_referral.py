"""A professional refers a resident to an association: it sees what was agreed to, and says whether they came."""

from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from luotsi.base.now import now
from luotsi.base.who import SYSTEM, Who
from luotsi.domain.cases.models import Case, Referral
from luotsi.domain.catalogue import actions as catalogue
from luotsi.domain.catalogue.models import Service
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from tests.domain.catalogue.test_entries import published
from tests.factories import as_who, assessed, contact, resident, worker
from tests.factories.clients import signed_in

pytestmark = pytest.mark.django_db
_turn = count(1)


@pytest.fixture
def taru(db: None) -> Who:
    return worker("organisation-worker", "kainuun-kumppanit", "Taru Testi")


@pytest.fixture
def case(nurse: Who) -> Case:
    return assessed(contact(resident(first_name="Aino", last_name="Seuranen")), nurse)


def agreed(case: Case) -> None:
    people.give_consent(resident=case.resident_id, purpose="refer-to-wellbeing", by=as_who(case.resident), at=now())


def sending(case: Case) -> str:
    return reverse("sending", args=[case.id, "wellbeing"])


def sent(case: Case, nurse: Who) -> Referral:
    told = {"key": uuid4(), "to_unit": "kainuun-kumppanit", "question": "Kävelykaverit. Tiistait sopivat."}
    assert signed_in(nurse).post(sending(case), told).status_code == 302
    return Referral.objects.get(case=case)


def takes(who: Who, referral: Referral, step: str, **more: str) -> HttpResponse:
    told = {"step": step, "key": str(uuid4()), **more}
    with time_machine.travel(now() + timedelta(minutes=next(_turn)), tick=False):
        return signed_in(who).post(reverse("referral-entries", args=[referral.id]), told, follow=True)  # type: ignore[return-value]


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_without_the_residents_word_nothing_leaves(case: Case, nurse: Who) -> None:
    told = {"key": uuid4(), "to_unit": "kainuun-kumppanit", "question": "Kävelykaverit."}
    answer = signed_in(nurse).post(sending(case), told)
    assert answer.status_code == 422
    assert "Asukkaalta ei ole vielä kysytty" in answer.content.decode()
    assert not Referral.objects.exists()


def test_the_association_sees_what_was_agreed_to_and_nothing_else(case: Case, nurse: Who, taru: Who) -> None:
    agreed(case)
    referral = sent(case, nurse)
    body = text(signed_in(taru), reverse("referral", args=[referral.id]))
    assert "Aino Seuranen" in body
    assert "Tiistait sopivat." in body
    for hidden in ("1990", "Polvi on kipeä", "Sotkamo</"):
        assert hidden not in body
    for name, key in (("case", case.id), ("person", case.resident_id)):
        assert signed_in(taru).get(reverse(name, args=[key])).status_code in {403, 404}
    other = worker("organisation-worker", "kajaanin-liikunta", "Lasse Liikuttaja")
    assert signed_in(other).get(reverse("referral", args=[referral.id])).status_code == 404
    (told,) = Use.objects.filter(log="disclosure", resident=case.resident_id)
    assert told.recipient == "Kainuun Kumppanit ry"


def test_whether_the_person_came_comes_back_to_the_matter_and_to_the_person(case: Case, nurse: Who, taru: Who) -> None:
    agreed(case)
    referral = sent(case, nurse)
    assert takes(taru, referral, "accepted", note="Soitin, tervetuloa.").status_code == 200
    assert takes(taru, referral, "done").status_code == 422
    assert takes(taru, referral, "done", reason="nonsense").status_code == 422
    assert takes(taru, referral, "done", reason="came").status_code == 200
    assert "tuli mukaan" in text(signed_in(nurse), reverse("case", args=[case.id]))
    mine = text(signed_in(as_who(case.resident)), reverse("matter", args=[case.id]))
    assert "Pääsit mukaan." in mine
    assert "Kainuun Kumppanit ry" in mine


def test_a_routes_own_outcomes_are_needed_only_where_it_has_them(case: Case, nurse: Who) -> None:
    told = {"key": uuid4(), "to_unit": "fysioterapia", "question": "Polvi"}
    signed_in(nurse).post(reverse("sending", args=[case.id, "physiotherapy"]), told)
    referral, physio = Referral.objects.get(), worker("physiotherapist", "fysioterapia", "Frans Fysio")
    takes(physio, referral, "accepted")
    assert takes(physio, referral, "done").status_code == 200


def test_the_finder_leads_from_a_service_to_its_organisation(case: Case, nurse: Who, taru: Who) -> None:
    catalogue.load_shelf(by=SYSTEM, at=now())
    published(taru, worker("service-adviser", "asiakasohjaus", "Oona Testi"))
    key = Service.objects.published().get(source="tray").key
    page = text(signed_in(nurse), reverse("direction", args=[case.id, key]))
    assert f"{sending(case)}?service={key}" in page.replace("&amp;", "&")
    agreed(case)
    form = text(signed_in(nurse), f"{sending(case)}?service={key}")
    assert "Rollaattorikävely. " in form
    shelf = text(signed_in(nurse), reverse("direction", args=[case.id, "home-care"]))
    assert "sendings/wellbeing" not in shelf.split('id="main"')[-1].split("<form")[0]


def test_the_answer_has_its_limit(case: Case, nurse: Who, taru: Who) -> None:
    agreed(case)
    referral = sent(case, nurse)
    assert referral.sent_at + timedelta(days=1) > now()
    assert "9.3.2026" in text(signed_in(taru), reverse("referrals"))
