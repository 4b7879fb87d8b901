"""A queue stays true: who is asked, what an answer and what silence do, and that a booked time ends the waiting."""

from datetime import timedelta
from uuid import uuid4

import pytest

from luotsi.base.who import Who
from luotsi.domain.bookings.actions import clearing, waiting
from luotsi.domain.bookings.models import SlotOffer, WaitingEntry
from luotsi.domain.bookings.queries.register import queue
from luotsi.domain.bookings.rules import NotPossible
from luotsi.domain.bookings.rules.clearing import AGAIN, ANSWER, standing
from luotsi.domain.events.models import Event
from luotsi.domain.organisation.rules import NotAllowed
from luotsi.domain.people.models import Resident
from tests.factories import as_who, assessed, contact, resident, worker
from tests.factories.times import AT, OPEN_TO_ALL, booked, free_time

DAY = timedelta(days=1)
LONG = 60 * DAY


def waits(person: Resident, *, days: int = 0, **more: object) -> WaitingEntry:
    told = {"offering": OPEN_TO_ALL, "units": ["sotkamo"]} | more
    return waiting.join(resident=person.id, key=uuid4(), by=as_who(person), at=AT - days * DAY, **told)  # type: ignore[arg-type]


def ask(by: Who, *, at: object = AT) -> int:
    return clearing.ask(unit="sotkamo", waited=LONG, by=by, at=at)  # type: ignore[arg-type]


def test_silence_is_an_answer_only_after_two_weeks() -> None:
    told = {"asked_at": AT, "needed_at": None, "is_offered": False}
    for after, said in ((0 * DAY, "asked"), (ANSWER - DAY, "asked"), (ANSWER, "silent")):
        assert standing(**told, at=AT + after) == said  # type: ignore[arg-type]
    assert standing(**told | {"needed_at": AT + DAY}, at=AT + 2 * ANSWER) == "waits"  # type: ignore[arg-type]
    assert standing(**told | {"is_offered": True}, at=AT + 2 * ANSWER) == "offered"  # type: ignore[arg-type]


@pytest.mark.django_db
def test_who_has_waited_long_is_asked_once() -> None:
    nurse = worker()
    long, new, elsewhere = waits(resident(), days=90), waits(resident(), days=59), waits(resident(), units=["kuhmo"])
    assert [ask(nurse), ask(nurse), ask(nurse, at=AT + AGAIN / 2)] == [1, 0, 1]  # by then the newer one has waited, too
    asked = WaitingEntry.objects.exclude(asked_at=None).values_list("id", flat=True)
    assert set(asked) == {long.id, new.id}
    assert elsewhere.asked_at is None
    with pytest.raises(NotAllowed):
        clearing.ask(unit="kuhmo", waited=LONG, by=nurse, at=AT)


@pytest.mark.django_db
def test_whoever_holds_an_offer_is_not_asked() -> None:
    nurse = worker()
    waits(resident(), days=90)
    free_time(nurse)
    assert waiting.tick(at=AT) == 1
    assert ask(nurse) == 0


@pytest.mark.django_db
def test_yes_keeps_the_place_and_no_leaves_it() -> None:
    nurse, (stays, goes) = worker(), (resident(), resident())
    first, second = waits(stays, days=90), waits(goes, days=80)
    assert ask(nurse) == 2
    for _ in range(2):
        clearing.answer(entry=first.id, still=True, by=as_who(stays), at=AT + DAY)
        clearing.answer(entry=second.id, still=False, by=as_who(goes), at=AT + DAY)
    with pytest.raises(NotAllowed):
        clearing.answer(entry=first.id, still=False, by=as_who(goes), at=AT + DAY)
    assert [(one.id, one.standing, one.turn) for one in queue(viewer=nurse, unit="sotkamo", at=AT + DAY)] == [
        (first.id, "waits", 1)
    ]
    assert WaitingEntry.objects.get(id=second.id).closed_reason == "not_needed"


@pytest.mark.django_db
def test_of_who_is_silent_a_worker_decides_and_nobody_before_the_time() -> None:
    nurse, other = worker(), worker(unit="kuhmo")
    kept, ended = waits(resident(), days=90), waits(resident(), days=80)
    ask(nurse)
    with pytest.raises(NotPossible):
        clearing.decide(entry=kept.id, keeps=True, by=nurse, at=AT + ANSWER - DAY)
    with pytest.raises(NotAllowed):
        clearing.decide(entry=kept.id, keeps=True, by=other, at=AT + ANSWER)
    clearing.decide(entry=kept.id, keeps=True, by=nurse, at=AT + ANSWER)
    clearing.decide(entry=ended.id, keeps=False, by=nurse, at=AT + ANSWER)
    clearing.decide(entry=ended.id, keeps=False, by=nurse, at=AT + ANSWER)
    standing_now = [(one.id, one.standing) for one in queue(viewer=nurse, unit="sotkamo", at=AT + ANSWER)]
    assert standing_now == [(kept.id, "waits")]
    assert WaitingEntry.objects.get(id=ended.id).closed_reason == "no_answer"


@pytest.mark.django_db
def test_a_booked_time_ends_the_waiting_and_lets_the_offered_one_go() -> None:
    nurse, person, next_one = worker(), resident(), resident()
    waits(person, days=1), waits(next_one)
    free_time(nurse)
    waiting.tick(at=AT)
    booked(person, free_time(nurse, starts_at=AT + 4 * DAY))
    assert clearing.close_served(at=AT) == 1
    assert clearing.close_served(at=AT) == 0
    assert WaitingEntry.objects.get(resident=person).closed_reason == "booked"
    assert waiting.tick(at=AT) == 1
    assert SlotOffer.objects.get(answered_at=None).entry.resident_id == next_one.id


@pytest.mark.django_db
def test_the_register_follows_the_rule_and_names_only_whom_one_cares_for() -> None:
    nurse, manager = worker(), worker("unit-manager")
    case = assessed(contact(at=AT - 2 * DAY), nurse, at=AT - DAY)
    stranger = resident()
    by_clock = waiting.join(
        resident=case.resident_id, offering=OPEN_TO_ALL, units=["sotkamo"], key=uuid4(), by=nurse, at=AT,
        subject=case.id, due_at=AT + 3 * DAY, urgency="weeks",
    )  # fmt: skip
    long, urgent = waits(stranger, days=9), waits(resident(), urgency="days")
    found = queue(viewer=nurse, unit="sotkamo", at=AT)
    assert [one.id for one in found] == [by_clock.id, urgent.id, long.id]
    assert [bool(one.name) for one in found] == [True, False, False]
    assert not any(one.name for one in queue(viewer=manager, unit="sotkamo", at=AT))
    by_wait = queue(viewer=nurse, unit="sotkamo", at=AT, sort="entered")
    assert next((one.id, one.turn) for one in by_wait) == (long.id, 3)
    with pytest.raises(NotAllowed):
        queue(viewer=worker(unit="kuhmo"), unit="sotkamo", at=AT)


@pytest.mark.django_db
def test_the_story_of_a_queue_says_of_which_kind_the_matter_is() -> None:
    nurse = worker()
    case = assessed(contact(at=AT - 2 * DAY), nurse, at=AT - DAY)
    entry = waits(case.resident, subject=case.id)
    waiting.leave(entry=entry.id, by=as_who(case.resident), at=AT)
    told = Event.objects.filter(kind__startswith="waiting.").values_list("kind", "case_kind", "profession")
    assert set(told) == {(kind, case.kind, "nurse") for kind in ("waiting.joined", "waiting.left")}
