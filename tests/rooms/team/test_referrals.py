"""The referral book's pages: what each end sees, what is refused and in which words, and what a partner never sees."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.cases.actions import referrals
from luotsi.domain.cases.models import Case, Referral
from luotsi.domain.events.models import Use
from luotsi.domain.people import actions as people
from tests.factories import as_who, assessed, contact, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.team.conftest import NOON

pytestmark = pytest.mark.django_db
BOOK = "/fi/team/referrals/"


def text(answer: Any) -> str:
    body = unescape(b"".join(answer).decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body))


@pytest.fixture
def physio(db: None) -> Who:
    return worker("physiotherapist", "fysioterapia", "Frans Fysio")


@pytest.fixture
def case(nurse: Who) -> Case:
    return assessed(contact(resident(last_name="Polvinen")), nurse)


def form_of(case: Case, route: str = "physiotherapy") -> str:
    return f"/fi/team/cases/{case.id}/sendings/{route}/"


def asking(unit: str = "fysioterapia", **more: Any) -> dict[str, Any]:
    return {"to_unit": unit, "question": "Polvi ei taivu portaissa", "key": str(uuid4())} | more


def sent(case: Case, by: Who, route: str = "physiotherapy", unit: str = "fysioterapia", **more: Any) -> Referral:
    told = {"question": "Polvi ei taivu portaissa", "key": uuid4(), "at": NOON} | more
    return referrals.send(case=case.id, route=route, to_unit=unit, by=by, **told)


def take(client: Client, referral: Referral, step: str, **more: Any) -> Any:
    said = {"step": step, "key": str(uuid4())} | more
    return client.post(f"{BOOK}{referral.id}/entries/", said, follow=True)


def test_a_matter_that_came_by_a_referral_is_not_said_to_be_sent_on(nurse: Who, physio: Who, case: Case) -> None:
    referral = sent(case, nurse)
    assessed(case, nurse, outcome="referred", at=NOON)
    take(signed_in(physio), referral, "accepted")
    opened = Referral.objects.get(id=referral.id).opened
    assert opened is not None
    assessed(opened, physio, outcome="plan")

    said = "Asia on ohjattu eteenpäin."
    assert said in text(signed_in(nurse).get(f"/fi/team/cases/{case.id}/"))
    assert said not in text(signed_in(physio).get(f"/fi/team/cases/{opened.id}/"))


def test_an_open_page_of_the_sender_is_told_that_the_thread_went_on(nurse: Who, physio: Who, case: Case) -> None:
    referral, client = sent(case, nurse), signed_in(nurse)
    page = f"{BOOK}{referral.id}/"
    seen = str(client.get(page).context["length"])
    asked = {"HX-Request": "true", "X-Seen": seen, "X-Luotsi-Passive": "1"}
    rows = Use.objects.count()
    assert client.get(page, headers=asked).status_code == 204
    referrals.receive(referral=referral.id, by=physio, at=NOON, key=uuid4())
    body = text(client.get(page, headers=asked))
    assert "Näytä uusin" in body
    assert "Polvinen" not in body
    assert Use.objects.count() == rows, "asking whether something is new reads nothing of the resident"
    assert signed_in(worker(unit="kuhmo")).get(page, headers=asked).status_code == 404


def test_what_the_receiver_does_is_hinted_to_the_units_of_both_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    nurse, physio = worker(), worker("physiotherapist", "fysioterapia")
    referral = sent(assessed(contact(), nurse), nurse)
    monkeypatch.setattr(referrals.events, "hint", told.extend)
    referrals.receive(referral=referral.id, by=physio, at=NOON, key=uuid4())
    assert told == ["sotkamo"]


def test_the_case_s_page_offers_the_routes_of_this_profession(nurse: Who, case: Case) -> None:
    body = text(signed_in(nurse).get(f"/fi/team/cases/{case.id}/"))

    for name in ("Fysioterapeutille", "Psykiatriselle sairaanhoitajalle", "Sosiaaliohjaukseen", "Kelaan"):
        assert name in body


def test_the_form_begins_with_the_route_s_template(nurse: Who, case: Case) -> None:
    body = text(signed_in(nurse).get(form_of(case)))

    assert "Mitä pyydät fysioterapeutilta?" in body
    assert "Hälytysmerkit kysytty" in body


def test_sending_says_until_when_it_is_answered(nurse: Who, case: Case) -> None:
    answer = signed_in(nurse).post(form_of(case), asking(), follow=True)

    assert "Lähetetty: Fysioterapia. Vastaus tulee viimeistään ma 9.3.2026." in text(answer)
    assert "Polvi ei taivu portaissa" in text(answer)


def test_an_empty_question_is_asked_for(nurse: Who, case: Case) -> None:
    answer = signed_in(nurse).post(form_of(case), asking(question=" "))

    assert answer.status_code == 422
    assert "Kirjoita, mitä kysyt tai pyydät." in text(answer)
    assert not Referral.objects.exists()


def test_the_receiver_accepts_and_both_see_it(nurse: Who, physio: Who, case: Case) -> None:
    referral = sent(case, nurse)
    client = signed_in(physio)
    assert "Polvinen" in text(client.get(BOOK))
    answer = take(client, referral, "accepted", note="Otan tämän")

    assert "Oma asiasi on avattu listallesi." in text(answer)
    assert "Hyväksytty" in text(signed_in(nurse).get(f"/fi/team/cases/{case.id}/"))
    opened = Case.objects.get(unit="fysioterapia")
    assert "Polvi ei taivu portaissa" in text(client.get(f"/fi/team/cases/{opened.id}/"))


def test_the_receiver_reads_the_thread_and_not_the_case(nurse: Who, physio: Who, case: Case) -> None:
    referral, client = sent(case, nurse), signed_in(physio)

    assert client.get(f"{BOOK}{referral.id}/").status_code == 200
    assert client.get(f"/fi/team/cases/{case.id}/").status_code == 404
    assert list(Use.objects.filter(actor_id=physio.id, outcome="shown").values_list("what", "ground").distinct()) == [
        ("referral", "referral")
    ]


def test_a_return_needs_its_reason_and_is_sent_again_with_what_was_asked(nurse: Who, physio: Who, case: Case) -> None:
    referral = sent(case, nurse)
    refused = take(signed_in(physio), referral, "returned")
    assert refused.status_code == 422
    assert "Valitse syy." in text(refused)
    take(signed_in(physio), referral, "returned", reason="more_needed", note="Onko röntgen otettu?")
    client = signed_in(nurse)
    body = text(client.get(f"{BOOK}{referral.id}/"))
    assert "Palautettu: tarvitaan lisätietoja" in body
    assert "Korjaa ja lähetä uudelleen" in body
    form = client.get(f"{form_of(case)}?follows={referral.id}")
    assert "Polvi ei taivu portaissa" in text(form)
    again = client.post(form_of(case), asking(follows=str(referral.id)), follow=True)

    assert "Aiemmat ja myöhemmät lähetykset" in text(again)
    assert Referral.objects.get(follows=referral).case_id == case.id


def test_on_hold_says_until_when(nurse: Who, physio: Who, case: Case) -> None:
    referral = sent(case, nurse)
    past = take(signed_in(physio), referral, "on_hold", reason="recovering", until="1.3.2026")
    assert "Valitse päivä, joka on vasta edessä." in text(past)
    body = text(take(signed_in(physio), referral, "on_hold", reason="recovering", until="20.3.2026"))

    assert "20.3.2026 asti" in body
    assert "vamma tai leikkaus paranee ensin" in body


def test_who_comes_second_is_told_and_keeps_the_text(nurse: Who, physio: Who, case: Case) -> None:
    referral = sent(case, nurse)
    referrals.withdraw(referral=referral.id, key=uuid4(), by=nurse, at=NOON)
    answer = take(signed_in(physio), referral, "accepted", note="Otan tämän")

    assert answer.status_code == 409
    assert "Joku muu ehti ensin" in text(answer)
    assert "Otan tämän" in text(answer)


def test_another_unit_s_thread_is_not_there(nurse: Who, case: Case) -> None:
    referral, other = sent(case, nurse), worker(unit="kuhmo")
    client = signed_in(other)

    assert client.get(f"{BOOK}{referral.id}/").status_code == 404
    assert client.post(f"{BOOK}{referral.id}/entries/", {"step": "accepted", "key": str(uuid4())}).status_code == 404
    assert "Polvinen" not in text(client.get(f"{BOOK}?view=all"))


def test_without_the_resident_s_yes_the_form_says_how_to_get_it_and_sends_nothing(nurse: Who, case: Case) -> None:
    client = signed_in(nurse)
    body = text(client.get(form_of(case, "social-adviser")))
    assert "Asukkaan pitää ensin antaa lupa" in body
    assert "Terveydenhuolto saa lähettää asiani sosiaalihuoltoon" in body
    refused = client.post(form_of(case, "social-adviser"), asking("aikuissosiaalityo"))
    assert refused.status_code == 422
    assert not Referral.objects.exists()
    allowed(case, "refer-to-social")

    body = text(client.post(form_of(case, "social-adviser"), asking("aikuissosiaalityo"), follow=True))
    assert "Lähetetty: Aikuissosiaalityö." in body


def allowed(case: Case, purpose: str) -> None:
    people.give_consent(resident=case.resident_id, purpose=purpose, by=as_who(case.resident), at=NOON)


def test_a_partner_sees_the_name_and_the_thread_and_no_more(nurse: Who, case: Case) -> None:
    partner = worker("partner-worker", "kela", "Kaisa Kela")
    allowed(case, "refer-to-kela")
    referral = sent(case, nurse, "kela", "kela", question="Kuntoutustuen jatko")
    client = signed_in(partner)
    body = text(client.get(f"{BOOK}{referral.id}/"))

    assert "Polvinen" in body
    assert "Kuntoutustuen jatko" in body
    assert "36 vuotta" not in body
    for address in (f"/fi/team/cases/{case.id}/", f"/fi/team/people/{case.resident_id}/", "/fi/team/"):
        assert client.get(address).status_code in {403, 404}
    take(client, referral, "message", note="Hakemus puuttuu")
    assert "Hakemus puuttuu" in text(signed_in(nurse).get(f"{BOOK}{referral.id}/"))


def test_the_resident_s_log_tells_of_the_disclosure(nurse: Who, case: Case) -> None:
    allowed(case, "refer-to-kela")
    sent(case, nurse, "kela", "kela")
    body = text(signed_in(as_who(case.resident)).get("/fi/own/log/"))

    assert "Kela" in body


def test_a_question_gets_an_answer_and_its_minutes_and_a_time(nurse: Who, case: Case) -> None:
    consultant = worker("doctor", "keskussairaala", "Elo Erikois")
    at = NOON + timedelta(days=1)
    bookings.open_slots([{
        "id": uuid4(), "unit_id": "keskussairaala", "staff_id": consultant.id, "profession": "doctor",
        "mode": "consultation", "starts_at": at, "ends_at": at + timedelta(minutes=30), "capacity": 3,
    }])  # fmt: skip
    referral = sent(case, nurse, "specialist-question", "keskussairaala", question="Riittääkö röntgen?")
    page = signed_in(nurse).get(f"{BOOK}{referral.id}/")
    slot = re.search(r'name="slot" value="([^"]+)"', page.content.decode())
    assert slot is not None
    body = text(take(signed_in(nurse), referral, "time_chosen", slot=slot[1], questions="Entä lepo?\nEntä kuormitus?"))
    assert "Konsultaatioaika: ti 3.3.2026 klo 12.10" in body
    assert "Entä kuormitus?" in body
    refused = take(signed_in(consultant), referral, "answered", note="Riittää.", minutes="999")
    assert refused.status_code == 422
    body = text(take(signed_in(consultant), referral, "answered", note="Riittää.", minutes="6"))

    assert "Aikaa käytetty yhteensä 6 min." in body
    assert "Vastuu hoidosta pysyy kysyjällä." in body


def test_the_book_is_ordered_by_what_is_due(nurse: Who, physio: Who) -> None:
    for name, urgency in (("Myöhäinen", ""), ("Kiireinen", "urgent")):
        sent(assessed(contact(resident(last_name=name)), nurse), nurse, urgency=urgency)
    body = text(signed_in(physio).get(BOOK))

    assert body.index("Kiireinen") < body.index("Myöhäinen")


@pytest.mark.parametrize("view", ["received", "sent", "waiting", "all", "nonsense"])
def test_every_part_of_the_book_opens_empty_too(view: str, nurse: Who) -> None:
    assert signed_in(nurse).get(f"{BOOK}?view={view}").status_code == 200


def test_the_list_costs_the_same_for_two_and_for_six(
    nurse: Who, physio: Who, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(physio)

    def cost() -> int:
        with django_assert_max_num_queries(60) as found:
            client.get(BOOK)
        return len(found)

    for _ in range(2):
        sent(assessed(contact(), nurse), nurse)
    few = cost()
    for _ in range(4):
        sent(assessed(contact(), nurse), nurse)
    assert cost() <= few
