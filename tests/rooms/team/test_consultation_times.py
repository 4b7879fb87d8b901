"""One consultation time with every question that is read at it: what the specialist sees, in what order, who not."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from luotsi.base.who import Who
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.cases.actions import referrals
from luotsi.domain.cases.models import Referral
from luotsi.domain.cases.queries.consultations import read_time, times_with_questions
from luotsi.domain.events.models import Use
from luotsi.domain.organisation.rules import NotAllowed
from tests.factories import assessed, contact, resident, worker
from tests.factories.clients import signed_in
from tests.rooms.team.conftest import NOON
from tests.rooms.team.test_referrals import sent, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def elo(db: None) -> Who:
    return worker("doctor", "keskussairaala", "Elo Erikois")


def time_of(elo: Who, days: int = 1) -> UUID:
    row = {
        "id": uuid4(), "unit_id": "keskussairaala", "staff_id": elo.id, "profession": "doctor", "mode": "consultation",
        "starts_at": NOON + timedelta(days=days), "ends_at": NOON + timedelta(days=days, minutes=45), "capacity": 4,
    }  # fmt: skip
    bookings.open_slots([row])
    return row["id"]  # type: ignore[return-value]


def asked(nurse: Who, slot: UUID, name: str, *, minute: int, short: str = "") -> Referral:
    case = assessed(contact(resident(last_name=name)), nurse)
    row = sent(case, nurse, "specialist-question", "keskussairaala", question=f"Kysymys: {name}")
    at = NOON + timedelta(minutes=minute)
    referrals.choose_time(referral=row.id, slot=slot, questions=short, key=uuid4(), by=nurse, at=at)
    return row


def page_of(slot: UUID) -> str:
    return f"/fi/team/referrals/consultation-times/{slot}/"


def answer(client: Client, slot: UUID, row: Referral, note: str = "Riittää.", **more: Any) -> Any:
    told = {"step": "answered", "note": note, "minutes": "5", "key": str(uuid4())} | more
    return client.post(f"{page_of(slot)}answers/{row.id}/", told)


def test_every_question_of_one_time_stands_on_one_page_in_the_order_of_choosing(nurse: Who, elo: Who) -> None:
    slot, other = time_of(elo), time_of(elo, 2)
    asked(nurse, slot, "Toinen", minute=2, short="Entä kortisoni?")
    asked(nurse, slot, "Ensimmäinen", minute=1)
    asked(nurse, other, "Muulloin", minute=3)
    body = text(signed_in(elo).get(page_of(slot)))

    assert body.index("Kysymys: Ensimmäinen") < body.index("Kysymys: Toinen")
    assert "Entä kortisoni?" in body
    assert "Muulloin" not in body
    assert "2 kysymystä" in body


def test_answering_goes_on_to_the_next_question_and_the_answered_one_says_so(nurse: Who, elo: Who) -> None:
    slot, client = time_of(elo), signed_in(elo)
    first, second = (asked(nurse, slot, name, minute=place) for place, name in enumerate(("Eka", "Toka")))
    went = answer(client, slot, first)
    assert (went.status_code, went["Location"]) == (302, f"{page_of(slot)}#question-{second.id}")
    page = client.get(page_of(slot))
    assert [one["is_waiting"] for one in page.context["questions"]] == [False, True]
    assert "vastaamatta 1" in text(page)
    assert answer(client, slot, second)["Location"] == page_of(slot)


def test_an_answer_without_minutes_is_asked_again_at_its_own_question(nurse: Who, elo: Who) -> None:
    slot, client = time_of(elo), signed_in(elo)
    first, second = (asked(nurse, slot, name, minute=place) for place, name in enumerate(("Eka", "Toka")))
    again = answer(client, slot, second, note="Riittää näin.", minutes="")
    assert again.status_code == 422
    assert [bool(one["form"].errors) for one in again.context["questions"]] == [False, True]
    assert "Riittää näin." in text(again)
    assert not Referral.objects.get(id=first.id).entries.filter(step="answered").exists()


def test_what_somebody_wrote_meanwhile_is_read_before_the_answer_is_sent(nurse: Who, elo: Who) -> None:
    slot, client = time_of(elo), signed_in(elo)
    row = asked(nurse, slot, "Eka", minute=1)
    referrals.write(referral=row.id, note="Tilanne muuttui.", key=uuid4(), by=nurse, at=NOON + timedelta(minutes=9))
    again = answer(client, slot, row, note="Oma vastaus", seen="1")
    assert again.status_code == 409
    assert "Oma vastaus" in text(again)
    assert "Tilanne muuttui." in text(again)
    assert answer(client, slot, row, seen="2").status_code == 302


def test_a_question_that_was_moved_or_taken_back_leaves_the_time(nurse: Who, elo: Who) -> None:
    slot, other = time_of(elo), time_of(elo, 2)
    moved, withdrawn = asked(nurse, slot, "Siirto", minute=1), asked(nurse, slot, "Perutaan", minute=2)
    later = NOON + timedelta(minutes=9)
    referrals.choose_time(referral=moved.id, slot=other, questions="", key=uuid4(), by=nurse, at=later)
    referrals.withdraw(referral=withdrawn.id, key=uuid4(), by=nurse, at=later)
    with pytest.raises(NotAllowed):
        read_time(slot, viewer=elo)
    assert [(row.slot.id, row.questions) for row in times_with_questions(viewer=elo, after=NOON)] == [(other, 1)]


def test_only_the_receiver_sees_the_time_and_each_question_is_logged(nurse: Who, elo: Who) -> None:
    slot = time_of(elo)
    rows = [asked(nurse, slot, name, minute=place) for place, name in enumerate(("Eka", "Toka"))]
    for other in (nurse, worker("doctor", "sotkamo"), worker("partner-worker", "kela")):
        assert signed_in(other).get(page_of(slot)).status_code == 404
        assert answer(signed_in(other), slot, rows[0]).status_code in {403, 404}
    signed_in(elo).get(page_of(slot))
    shown = Use.objects.filter(actor_id=elo.id, what="referral", outcome="shown").values_list("resident", flat=True)
    assert set(shown) == {row.resident_id for row in rows}


def test_the_book_lists_the_times_that_come(nurse: Who, elo: Who) -> None:
    slot = time_of(elo)
    row = asked(nurse, slot, "Eka", minute=1)
    book = signed_in(elo).get("/fi/team/referrals/?view=received")
    assert page_of(slot) in book.content.decode()
    assert "Konsultaatioajat" in text(book)
    assert page_of(slot) in signed_in(elo).get(f"/fi/team/referrals/{row.id}/").content.decode()
    assert page_of(slot) not in signed_in(nurse).get(f"/fi/team/referrals/{row.id}/").content.decode()


def test_the_question_its_time_and_the_whole_answer_stand_in_the_matter(nurse: Who, elo: Who) -> None:
    slot = time_of(elo)
    row = asked(nurse, slot, "Eka", minute=-1)
    page = f"/fi/team/cases/{row.case_id}/"
    before = text(signed_in(nurse).get(page))
    assert ("Kysymys: Eka" in before, "Luetaan konsultaatioajalla ti 3.3.2026" in before) == (True, True)

    long = "Riittää seuranta. " * 20 + "Loppu."
    answer(signed_in(elo), slot, row, note=long)

    after = text(signed_in(nurse).get(page))
    assert ("Loppu." in after, "Luetaan konsultaatioajalla" in after) == (True, False)
