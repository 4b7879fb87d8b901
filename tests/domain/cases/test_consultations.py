"""A question to a colleague in specialised care: asked, answered, read at a time; the care stays with whoever asked."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine

from luotsi.base.now import HELSINKI
from luotsi.base.who import Who
from luotsi.domain.bookings import actions as bookings
from luotsi.domain.bookings.models import Slot
from luotsi.domain.cases.actions import referrals
from luotsi.domain.cases.models import Case, Referral
from luotsi.domain.cases.queries import referrals as book
from tests.domain.cases.test_referrals import chip, second_case, sent, step
from tests.factories import assessed, contact, worker

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def the_same_week() -> Iterator[None]:
    """A thread that has ended stays with its receiver for thirty days only."""
    with time_machine.travel(MONDAY + timedelta(days=4)):
        yield


@pytest.fixture
def nurse() -> Who:
    return worker(name="Hilla Hoitaja")


@pytest.fixture
def case(nurse: Who) -> Case:
    made = contact(at=MONDAY - timedelta(hours=2))
    return assessed(made, nurse)


@pytest.fixture
def consultant() -> Who:
    return worker("doctor", "keskussairaala", "Elo Erikois")


def asked(case: Case, nurse: Who) -> Referral:
    return sent(case, nurse, "specialist-question", "keskussairaala", question="Riittääkö magneettikuva?")


def test_a_consultation_leaves_the_care_with_whoever_asked(case: Case, nurse: Who, consultant: Who) -> None:
    referral = asked(case, nurse)
    assert chip(referral).due == date(2026, 3, 5)
    referrals.answer(note="Riittää.", minutes=7, by=consultant, **step(referral))
    referrals.answer(note="Ja ortopedille, jos lukko.", minutes=3, by=consultant, **step(referral))
    shown = book.read_referral(referral.id, viewer=nurse)

    assert (shown.row.state, shown.minutes, shown.opened) == ("answered", 10, None)
    assert chip(referral).state == "met"
    assert Case.objects.filter(resident=case.resident_id).count() == 1
    referrals.finish(by=nurse, **step(referral))
    assert book.read_referral(referral.id, viewer=nurse).row.state == "done"


@pytest.mark.parametrize(("note", "minutes"), [("", 5), ("x", 0), ("x", 61)])
def test_an_answer_has_words_and_later(case: Case, nurse: Who, consultant: Who, note: str, minutes: int) -> None:
    with pytest.raises(ValueError):
        referrals.answer(note=note, minutes=minutes, by=consultant, **step(asked(case, nurse)))


def consultation_time(by: Who, day: int, *, capacity: int = 1) -> UUID:
    row = {
        "id": uuid4(), "unit_id": "keskussairaala", "staff_id": by.id, "profession": "doctor", "mode": "consultation",
        "starts_at": MONDAY + timedelta(days=day), "ends_at": MONDAY + timedelta(days=day, minutes=30),
        "capacity": capacity,
    }  # fmt: skip
    bookings.open_slots([row])
    return row["id"]  # type: ignore[return-value]


def test_a_question_is_read_at_a_chosen_time_and_another_choice_frees_the_first(
    case: Case, nurse: Who, consultant: Who
) -> None:
    first, second = consultation_time(consultant, 1), consultation_time(consultant, 2)
    referral = asked(case, nurse)
    referrals.choose_time(slot=first, questions="Entä kortisoni?\nKuinka pitkä lepo?", by=nurse, **step(referral))
    with pytest.raises(bookings.SlotTaken):
        referrals.choose_time(slot=first, questions="", by=nurse, **step(asked(second_case(nurse), nurse)))
    referrals.choose_time(slot=second, questions="", by=nurse, **step(referral))

    taken = dict(Slot.objects.filter(id__in=[first, second]).values_list("id", "taken"))
    assert taken == {first: 0, second: 1}
    chosen = book.read_referral(referral.id, viewer=consultant).chosen
    assert chosen is not None
    assert chosen.id == second
    referrals.withdraw(by=nurse, **step(referral))
    assert Slot.objects.get(id=second).taken == 0


def test_a_time_for_residents_is_no_consultation_time(case: Case, nurse: Who, consultant: Who) -> None:
    slot = consultation_time(consultant, 1)
    Slot.objects.filter(id=slot).update(mode="visit")
    with pytest.raises(bookings.SlotTaken):
        referrals.choose_time(slot=slot, questions="", by=nurse, **step(asked(case, nurse)))
